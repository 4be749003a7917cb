"""Japanese: read letter by letter, with honorifics, drawn-out sounds and half-width letters. Sentences are invented."""

import re
import tomllib
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.chat import Chat
from bot.domain.model import Person
from bot.domain.recognise import Recogniser
from bot.domain.recognise.normalise import cut, fold, script, tokens
from bot.domain.recognise.observations import Called, Scene
from bot.domain.recognise.phrasebook import Phrasebook
from tests.unit.recognise.conftest import CAST, PHRASES, Say, Somebody, targets
from tests.unit.recognise.sentences import each

CALLS = {
    "missed": """
        @nora さんがいなくて寂しいです | @nora 淋しいよー | @nora ちゃんが恋しい… |
        @nora さんが来ないのでなんか物足りない | @noraさん、すごく盛り上がってるのに見逃してますよ！ |
        最近 @nora さんいないから寂しい | @nora さん、昨日はいらっしゃらなくて物足りなかったです |
        @nora みんな口々に「noraさんは？」って。寂しいです | @nora さん欠乏症です、早く補給させて""",
    "where": """
        @nora さんどこ？ | @noraさんは今日いない？ | @nora さんは今日お休みですか？ |
        誰か @nora さん見ませんでしたか | @nora さんを探しています。見つけた方はご一報を |
        @nora さん、今夜は不在ですか？寂しいです | @nora さんは今どちらに？ | あれ？ @nora さんがいない？ |
        @nora さん、まだかな""",
    "join": """
        @nora おいで〜 | @nora さんもこの輪に入ってほしいな | @nora さん、今からでも来て！ |
        @nora さん、まだ間に合いますよ | @noraさんも参加しませんか？ | @nora さん、チャット始まってますよ〜 |
        @nora さん、こちらで盛り上がってます。いかがですか？ | @nora いまから入ってきなよ |
        @nora さんの好きな話題だよ、入っておいで""",
    "wish": """
        @nora さんがいてくれたらなあ | @noraさんがいたらもっと楽しいのに | ここに@noraさんがいたらなあ |
        @nora さんの意見も聞きたかったな | こういう話題のときこそ @nora さんにいてほしい |
        この質問、@nora さんにも答えてほしかったな | @nora さんだったら何て言うかな |
        @nora さんがここにいたら絶対つっこんでる | @nora さんの感想が聞きたいところです""",
    "paging": """
        @nora さん、お呼び出しです | @nora さーん！ | 呼び出し中：@nora さん | @nora 応答せよ |
        @nora 姐さん、出番ですよ | @nora さん呼び出しです📢 | @nora さーん、いますかー |
        @nora さん、至急チャットまで！ | @nora さん、出番です！""",
    "without": """
        @nora さんがいないと始まらない | @nora さん来ないとつまんないです | @nora さんなしではつまらない |
        やっぱり@nora先生がいないと締まらないですね | @nora さん来るまで始められない |
        @nora さん、今日もお待ちしてましたが…お忙しいのかな。いないとさみしいです | @nora さん不在のチャットなんて |
        @nora さん抜きじゃ盛り上がらないよ | @nora いないと締まらんわー""",
    "long-time": """
        @nora さん、お久しぶりです | @nora さん最近見ないね | @nora さん、全然見かけないけど元気？ |
        @nora さん、ご無沙汰です。最近どうしてますか | @nora さん、ご無沙汰しています |
        @nora さん、長らくお会いしてませんね | @nora さん、ずっとお見かけしてません |
        @nora さん、このところお見えになりませんね | @nora さん、ご無沙汰しております、みんな元気ですよ""",
    "absence": """
        @nora さん、最近静かですね | @nora おらんやん、さみしいわ〜 | @nora さん音信不通… |
        @nora さんから音沙汰がない | @nora さん今夜はいらっしゃらないんですね、さみしいなあ |
        @nora さんがいないなんて珍しい | 今夜は @nora さんの発言がないですね | @nora さん、今日はお静かですね |
        珍しく @nora さんが来ていません""",
    "awol": """
        @nora さん、またサボりですか？ | @nora さんが行方不明です | @nora さぼってるな〜 |
        @nora さん、また寝坊かな？笑 | @nora 欠席裁判しちゃうぞー | @nora 逃げたな？ |
        @nora さん、ずる休みはいけませんよ | @nora 失踪中 | 指名手配：@nora さん""",
    "waiting": """
        @nora さん、待ってますよ〜 | @nora さんをお待ちしています | @nora さん待ちです |
        @nora さん、こちらで待ってますのでお時間あればぜひ | お茶淹れて待ってるよ @nora |
        @nora みんな待ってるよ〜！ | @nora さんのこと、みんな首を長くして待ってるよ |
        みんなお待ちかねですよ @nora さん | @nora さん待ちで始められません""",
    "chair": """
        @nora さんの席、空いてますよ | @nora さん、お席ご用意してお待ちしております | @noraさん、席とっておいたよ |
        @nora さんの椅子がぽつんと空いてる | @nora いつもの席が寂しそうだよ | @nora さんの席キープしてます！ |
        @nora さんの場所、あけておきました | @nora さんの椅子、空っぽ | @nora さんの席に誰も座ってません""",
}

NO_CALLS = {
    "the author missed something": """
        参加できなかった…さみしい @nora | @nora 今日は参加できなくて残念です |
        @nora さん、昨日のチャット見逃しました | @nora 先週は出られなくて寂しかったです""",
    "an absentee apologises": """
        @nora さんごめんなさい、今日は行けません | 遅れてすみません @nora さん、まだ間に合いますか |
        @nora ご無沙汰してしまいすみません | いなくてごめんね @nora""",
    "a thing was missed": """
        @nora さん、質問を見落としてました | @nora リンクが見当たりません | @nora 電車逃しちゃった |
        @nora このファイルがない""",
    "promotion": """
        参加者募集中！おいでください @nora | @nora さんがゲストです。今からでも来てね |
        お見逃しなく！今夜のゲストは@noraさん | 今夜20時開催です。皆さんの参加をお待ちしています @nora""",
    "farewell": """
        @nora さん退職されるんですね。さみしいです | @nora さん、長い間お世話になりました。寂しいです |
        @nora さん、寂しくなります | @nora さん卒業おめでとう、寂しいけど応援してます""",
    "personal": """
        @nora 家に帰ったら君がいなくて寂しい | @nora 愛してる、会いたい""",
    "another event": """
        @nora さん、先週の飲み会いなくて寂しかったです | @nora さん、来週の勉強会に来ませんか |
        @nora さん、学会でお会いできなくて残念でした | @nora 明日のランチおいでよ""",
    "where is a thing": """
        @nora リンクはどこですか？ | @nora さん、資料はどこにありますか | @noraさんの本はどこで買えますか |
        @nora この写真どこ？""",
    "where are you from": """
        @nora さん、どこから参加していますか | @nora さんはどこ出身ですか | @nora さんはどこに住んでるの？ |
        @nora さんはどこの大学ですか""",
    "nobody in particular": """
        みんなどこ行ったの、@nora さん | みんなどこ？ | 誰かいませんか @nora | みんないなくて寂しい""",
    "a greeting to somebody who is there": """
        @nora さん、来てくれて嬉しいです。寂しかったよ | @nora さんやっと会えた！寂しかった |
        @nora さんおかえり、待ってたよ | @nora いらっしゃい！待ってたよ""",
    "an excused absence": """
        @nora さんは風邪だそうです。いなくて寂しいですね | @nora お大事に、いなくて寂しいです |
        @nora さんは遅れて来るそうです。待ってます | @nora さんは今日お休みです""",
    "somebody else's words": """
        「@nora さんどこ？」って聞かれた | anaさんが「いなくて寂しい」と言ってたよ @nora |
        いなくて寂しいって言われた @nora | RT @ben: @nora さんがいなくて寂しい""",
    "about the practice or the bot": """
        @nora botから「待ってます」と通知が来た | @nora いなくて寂しいと言ってもらえると嬉しい |
        @nora このボットはいない人に待ってますよと送ります""",
    "sarcasm": """
        @nora さんがいなくて寂しいなあ（棒） | @nora いなくて寂しいよ🙄 | @nora さんがいなくて寂しい、なんてね |
        @nora いなくてせいせいする""",
    "negation": """
        @nora さんがいなくても寂しくない | @nora 別に待ってないよ | @nora さんは来なくていいです |
        @nora 寂しいわけないでしょ""",
    "songs and films": """
        @nora さん、君に会いたいって歌が好き | 映画の「君はどこ」を観た @nora |
        @nora あの曲「君がいなくて」いいよね | 🎵 会いたくて会いたくて @nora""",
    "answers": """
        A1 @nora さんがいないと始まらない、と思う | A2：待ってます、と伝える @nora |
        Ａ３いなくて寂しいと声をかける @nora""",
    "the author and bots": """
        @ida さんがいなくて寂しい | @bell どこ？""",
    "a question of the chat": """
        Q1：@nora さんがいないと始まらないことは？""",
    "other everyday words": """
        @nora さんの記事、楽しみに待ってます | @nora 会場の席は空いてますか？ |
        @nora さーん、それいいですね！ありがとう | @nora 返事待ってます""",
    "what people say in a chat": """
        @nora さん登場！お久しぶりです | @nora さん、お久しぶりです！来てくれてありがとう | @nora また来週！来てね |
        @nora どこかで聞いた話だ | 私がいなくて寂しかったでしょ？ @nora |
        @nora 長い間ありがとう。寂しいです。お元気で | @nora 参加しませんかと誘うのがコツ |
        @nora 「早くおいで」って祖母の口癖でした""",
}

ROSTER = {"yuki": "高橋ゆき", "kenta": "健太", "sakura": "さくら🌸", "hanako": "田中 花子", "aoi": "葵", "rina": "リナ"}

Told = Callable[..., list[Called]]


@pytest.fixture(scope="module")
def japanese() -> Phrasebook:
    return Phrasebook.model_validate(tomllib.loads(PHRASES.with_name("ja.toml").read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def reader(japanese: Phrasebook) -> Recogniser:
    return Recogniser([japanese])


@pytest.fixture(scope="module")
def called(reader: Recogniser, chat: Chat, say: Say, person: Somebody) -> Told:
    """Return the calls of a text; whom it mentions in Latin letters is mentioned, whatever is glued to the mention."""
    roster = tuple(
        person("ana").model_copy(update={"id": f"id-{short}", "handle": f"{short}@home.example", "name": name})
        for short, name in ROSTER.items()
    )

    def observed(text: str, *, to: str | None = None) -> list[Called]:
        text = re.sub(r"#(?!\w)", "#lrnchat", text if "#" in text else f"{text} #")
        mentioned = dict.fromkeys(re.findall(r"[@＠]([a-z]+)", text))
        people: tuple[Person, ...] = tuple(person(one) for one in mentioned if one in CAST)
        scene = Scene(chat=chat, roster=roster, replied_to=person(to) if to else None)
        seen = reader.observe(say(text, to=to, mentions=people), scene)
        return [one for one in seen if isinstance(one, Called)]

    return observed


@pytest.mark.parametrize(("kind", "text"), each(CALLS))
def test_a_call_in_every_kind_reaches_the_person_it_names(called: Told, kind: str, text: str) -> None:
    assert [(one.target.id, one.kind, one.language) for one in called(text)] == [("id-nora", kind, "ja")]


@pytest.mark.parametrize(("why", "text"), each(NO_CALLS))
def test_what_only_looks_like_a_call_calls_nobody(called: Told, why: str, text: str) -> None:
    assert targets(called(text)) == []


TARGETS = [
    ("@nora さんと@ana さんがいなくて寂しい #", "nora ana"),
    ("@nora さん、@ana さん、どこですか #", "nora ana"),
    ("@nora さんも@ana さんもいないね #", "nora ana"),
    ("@ana さんありがとう。ところで@nora さんはどこ？ #", "nora"),
    ("@ana さん、さすが！ @nora さんがいないと始まらないけど #", "nora"),
    ("@noraさんどこ？ @anaさんは元気です #", "nora"),
    ("今日は@noraさんがいなくて寂しい #", "nora"),
    ("いなくて寂しいよ @nora #", "nora"),
    ("いなくて寂しいよ！ @nora さん #", "nora"),
    ("@nora さん 最近 忙しいのかな さみしいよ #", "nora"),
    ("高橋ゆきさんがいなくて寂しい #", "yuki"),
    ("高橋さんがいなくて寂しい #", "yuki"),
    ("ゆきさんがいなくて寂しい #", "yuki"),
    ("花子さんがいなくて寂しい #", "hanako"),
    ("田中さんがいなくて寂しい #", "hanako"),
    ("葵ちゃんがいなくて寂しい #", "aoi"),
    ("リナがいなくて寂しい #", "rina"),
    ("りなさん、どこ？ #", "rina"),
    ("今日はさくらさんがいない？ #", "sakura"),
    ("健太がいないと始まらない #", "kenta"),
    ("さくらさーん！ #", "sakura"),
    ("さくら、どこ？ #", "sakura"),
    # a name inside another word, or alone where that is an ordinary word
    ("カリナさんがいなくて寂しい #", ""),
    ("高さんがいなくて寂しい #", ""),
    ("葵がいなくて寂しい #", ""),
    ("ゆきがいなくて寂しい #", ""),
    ("健太郎さんがいなくて寂しい #", ""),
    ("はさくらがいなくて寂しい #", ""),
]


@pytest.mark.parametrize(("text", "expected"), TARGETS)
def test_a_call_goes_to_those_it_names_with_or_without_an_honorific(called: Told, text: str, expected: str) -> None:
    assert [one.target.id.removeprefix("id-") for one in called(text)] == expected.split()


def test_a_reply_means_the_person_it_answers(called: Told) -> None:
    assert targets(called("いなくて寂しいです #", to="nora")) == ["id-nora"]
    assert targets(called("@ana さんがいなくて寂しいです #", to="nora")) == ["id-ana"]


def test_the_words_that_matched_stand_at_their_offsets(called: Told) -> None:
    for text, words in (
        ("やっぱり @nora さんがいなくてさみしーい #lrnchat", "@nora さんがいなくてさみしーい"),
        ("@nora ﾄﾞｺ？ #lrnchat", "@nora ﾄﾞｺ"),
        ("&amp; @nora さ〜ん #lrnchat", "@nora さ〜ん"),
    ):
        (call,) = called(text)
        assert text[slice(*call.words)] == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ドコ どこ ﾄﾞｺ ト\u3099コ", ["ど", "こ"] * 4),
        ("どーこー ど〜こ～ どぉこぉ ﾄﾞｰｺ", ["ど", "こ"] * 4),
        ("さんが サンカ", ["さ", "ん", "が", "さ", "ん", "か"]),
        ("ﾊﾟﾊﾞ ぱば", ["ぱ", "ば", "ぱ", "ば"]),
        ("待って 待つ", ["待", "っ", "て", "待", "つ"]),
        ("人々", ["人", "々"]),
        ("Ｎｏｒａさん", ["nora", "さ", "ん"]),
        ("今日は@noraさん", ["今", "日", "は", "@nora", "さ", "ん"]),
        ("ー", []),
        ("wow〜〜 now～", ["wow", "now"]),
    ],
)
def test_letters_are_compared_whatever_they_are_written_with(text: str, expected: list[str]) -> None:
    assert [token.word for token in tokens(text)] == expected
    assert {word for word in expected if word[0] != "@"} <= {*fold(text).split(), "@nora"}


def test_a_space_between_letters_is_a_pause_and_one_beside_other_words_is_none() -> None:
    assert [token.gap for token in tokens("寂しい　会い te st @nora さん")] == [0, 0, 0, 1, 0, 0, 0, 0, 0, 0]


@pytest.mark.parametrize(
    ("char", "name"),
    [("あ", "hiragana"), ("ア", "katakana"), ("ｱ", "katakana"), ("亜", "han"), ("々", "han"), ("a", "")],
)
def test_a_letter_knows_its_script(char: str, name: str) -> None:
    assert script(char) == name


def test_the_file_has_every_kind(japanese: Phrasebook) -> None:
    assert {phrase.kind for phrase in japanese.phrases} == set(CALLS)
    assert japanese.language == "ja"


def test_beside_other_languages_each_reads_its_own(
    japanese: Phrasebook, book: Phrasebook, scene: Scene, say: Say
) -> None:
    both = Recogniser([book, japanese])
    for language in ("en", "ja", None):
        for text, read_as in (("@nora さんどこですか #lrnchat", "ja"), ("where is @nora tonight? #lrnchat", "en")):
            seen = both.observe(say(text, language=language), scene)
            assert [one.language for one in seen if isinstance(one, Called)] == [read_as]


GUARDED = [
    ("自分の欠席", "私がいなくて寂しかったでしょ？ @nora #"),
    ("著者が尋ねる", "@nora さん、今からでも参加できますか #"),
    ("宣伝", "参加者募集中！おいでください @nora #"),
    ("誰ともなく", "みんなどこ行ったの、@nora さん #"),
    ("別れ", "@nora さん、長い間お世話になりました。寂しいです #"),
    ("あいさつ", "@nora さん、ようこそ！お久しぶりです #"),
    ("届け出のある休み", "@nora お大事に、いなくて寂しいです #"),
    ("人の言葉", "@nora 参加しませんかと誘うのがコツ #"),
    ("仕組みの話", "@nora さん、待ってますよ。リマインダーより #"),
    ("一般論", "@nora いなくて寂しい時は連絡しよう #"),
    ("打ち消し", "@nora いなくて寂しいわけがない #"),
    ("皮肉", "@nora いなくて寂しいよ🙄 #"),
    ("褒めていない", "@nora さんの自慢話がなくて寂しいなあ #"),
    ("歌と映画", "@nora さんがいなくて寂しい、という曲 #"),
    ("よその場所", "@nora さんがいなくて寂しかったです会場で #"),
    ("よその催し", "@nora 昨日の飲み会、どこにいたの #"),
    ("別の日", "先週は@nora さんがいなくて寂しかった #"),
    ("また今度", "@nora また来週！来てね #"),
    ("物のありか", "@nora さん、どこから参加していますか #"),
    ("二人だけの話", "@nora 家に帰ったら君がいなくて寂しい #"),
    ("問いへの答え", "Ａ１：@nora さんがいないと始まらない #"),
    ("席の話", "@nora さんの席は空いてますか？ #"),
    ("相づち", "はい、始まってますよ @nora #"),
]


@pytest.fixture(scope="module")
def unguarded(japanese: Phrasebook) -> Recogniser:
    return Recogniser([Phrasebook.model_validate({**japanese.model_dump(), "guards": ()})])


@pytest.mark.parametrize(("guard", "text"), GUARDED)
def test_a_guard_refuses_what_would_else_be_a_call(
    guard: str, text: str, reader: Recogniser, unguarded: Recogniser, scene: Scene, say: Say, person: Somebody
) -> None:
    post = say(text.replace("#", "#lrnchat"), mentions=(person("nora"),))
    assert targets(reader.observe(post, scene)) == []
    assert targets(unguarded.observe(post, scene)) == ["id-nora"]
    assert guard in {one.name for one in reader.explain(post, scene)}


def test_every_guard_is_tried(japanese: Phrasebook) -> None:
    assert {guard.name for guard in japanese.guards} == {guard for guard, _ in GUARDED}


KANA = st.text(st.characters(min_codepoint=0x3000, max_codepoint=0x30FF), max_size=8)
WORDS = "@nora さん が は いなくて 寂しい どこ ？ 、 。 「 」 ー 〜 ﾄﾞ っ ぁ おいで 待ってます 席 空いて #lrnchat さくら"
SOUP = st.lists(st.one_of(st.sampled_from([*WORDS.split(), " ", "\u3000"]), KANA), max_size=30).map("".join)


@settings(max_examples=200)
@given(SOUP)
def test_any_japanese_text_is_observed_and_offsets_lie_inside_it(called: Told, text: str) -> None:
    end = 0
    for token in tokens(cut(text)):
        assert end <= token.start < token.end <= len(text)
        end = token.end
    for call in called(text):
        assert 0 <= call.words[0] < call.words[1] <= len(text)
