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

CALLS = {
    "missed": [
        "@nora さんがいなくて寂しいです #",
        "今夜は@noraさんいなくてさみしい〜 #",
        "@nora さん、いなくて寂しいよ #",
        "@nora 先生がいないのはやっぱりさびしいですね #",
        "@nora 淋しいよー #",
        "@nora さん、みんな寂しがってますよ #",
        "@nora ちゃんが恋しい… #",
        "@noraさんのツッコミが恋しいです #",
        "@nora さんの不在が身にしみます #",
        "今日は@noraさんに会えなくて残念 #",
        "@nora さんが来ないのでなんか物足りない #",
        "@nora ロスがすごい #",
        "ｻﾐｼｲです @nora さん #",
        "さみしいです、@nora さん #",
        "@noraさん、すごく盛り上がってるのに見逃してますよ！ #",
        "＠nora さんいなくてサミシイ #",
        "@nora さんに会いたいなあ #",
        "@nora さんロスです #",
        "@nora さんが居なくて淋しかったです、昨日の回 #",
        "昨夜は @nora さんがいらっしゃらなくて残念でした #",
        "@nora さんに会いたかったです、昨日のチャット #",
        "@nora さんが恋しすぎてQ1が頭に入らない #",
        "最近 @nora さんいないから寂しい #",
        "@nora さんがいなくて心細い #",
        "@nora さんの鋭い意見がないと議論が深まらない #",
        "@nora 先生のいないチャットは物足りないです #",
        "@nora さん不足で元気が出ない #",
        "@nora さんが来なくて残念です #",
    ],
    "where": [
        "@nora さんどこ？ #",
        "@nora さん、どこにいますか #",
        "どこー？ @nora #",
        "@noraさんは今日いない？ #",
        "@nora さんは今日お休みですか？ #",
        "今日は@nora さん来てないのかな #",
        "誰か @nora さん見ませんでしたか #",
        "@noraさんを見かけた方いますか？ #",
        "@nora くんどこ行った #",
        "@nora さん、いますかー？ #",
        "@nora氏の行方を知りませんか #",
        "@nora さんどうしたんだろう #",
        "@nora 今日いないの？ #",
        "@nora ど〜こ〜 #",
        "@nora ﾄﾞｺ？ #",
        "@nora さんって今日はまだ？ #",
        "@nora さんを探しています。見つけた方はご一報を #",
        "@nora ねえ、どこで油売ってるの #",
        "@nora どこ行っちゃったのー😢 #",
        "@nora さん今日いらっしゃいます？ #",
        "@nora さん、お休みかな？ゆっくり待ってますね #",
        "@nora 今どこ？Q2始まってるよ！ #",
        "@nora さん、今夜は不在ですか？寂しいです #",
        "@nora さん、今夜も欠席？みんな心配してるよ #",
        "@nora さん、そろそろ来る頃かな？ #",
        "@nora 先生いらっしゃいませんか〜 #",
        "@nora くん、どこにいるのー、もう半分終わっちゃったよ #",
        "誰か @nora さんに連絡して〜 #",
    ],
    "join": [
        "@nora おいで〜 #",
        "@nora さんもこの輪に入ってほしいな #",
        "@nora さん、今からでも来て！ #",
        "@nora さん、まだ間に合いますよ #",
        "@noraさんも参加しませんか？ #",
        "@nora さん、チャット始まってますよ〜 #",
        "@nora こっちに来ない？ #",
        "@nora さん、途中からでも大歓迎です #",
        "@nora さん、ちょっとだけでも顔出してください #",
        "@nora 戻ってきてー #",
        "@nora さん、よかったら一緒に話しませんか #",
        "@nora さんもぜひ！ #",
        "@nora 早く来て〜 #",
        "@nora さん、今日は来られますか？ #",
        "@nora 遊びにおいでよ #",
        "もうQ3だよ @nora #",
        "Q2終わっちゃうよ @nora 早く早く〜 #",
        "@nora まだQ3だから間に合うよ！ #",
        "@nora さん、カムバック！ #",
        "@nora みんな揃ってるよ、あとは君だけ #",
        "@nora さんカモン #",
        "@nora さん、のぞきに来てくださいな #",
        "@nora 合流まだー？ #",
        "いま盛り上がってるから @nora さんもおいでませ #",
        "@nora はよ来い #",
        "@nora さん最近来てくれないなあ #",
        "@nora さん、今夜の話題は絶対好きだと思う。おいで！ #",
        "@nora 途中参加OKだよ #",
        "@nora さん、あと30分あります！まだ間に合いますよ #",
        "@nora さん、こっちこっち！ #",
        "@nora さん、Q4に入りましたよ。どうぞお越しください #",
        "@nora さん、戻ってきてください😭 #",
    ],
    "wish": [
        "@nora さんがいてくれたらなあ #",
        "@noraさんがいたらもっと楽しいのに #",
        "@nora さんも来ればよかったのに #",
        "ここに@noraさんがいたらなあ #",
        "@nora さんにもいてほしかった #",
        "@nora さんの意見も聞きたかったな #",
        "@nora さんがいれば一発で答えてくれるのに #",
        "こういう話題のときこそ @nora さんにいてほしい #",
        "久しぶりに @nora さんの話も聞きたいなあ、元気かな #",
        "この質問、@nora さんにも答えてほしかったな #",
        "@nora さんも一緒だったらよかったのに #",
        "@nora さんも来てくれたら嬉しいな #",
    ],
    "paging": [
        "@nora さん、お呼び出しです #",
        "呼び出し中：@nora さん #",
        "@nora さーん！ #",
        "@nora さ〜〜ん #",
        "おーい @nora さん #",
        "@nora さん、お呼びですよ #",
        "@nora 応答せよ #",
        "誰か@noraさんを呼んできて #",
        "@nora さん聞こえますかー #",
        "@nora さん生きてる？ #",
        "@nora 姐さん、出番ですよ #",
        "緊急招集：@nora さん #",
        "@nora さーーーん！！ #",
        "やっほー @nora 見てるー？ #",
        "@nora さん呼び出しです📢 #",
        "ピンポンパンポーン♪ @nora さん、@nora さん、お呼びです #",
        "@nora いるなら返事して〜 #",
        "@nora さん、いたら返事ください #",
    ],
    "without": [
        "@nora さんがいないと始まらない #",
        "@nora さんなしではつまらない #",
        "@noraさん抜きのチャットは味気ない #",
        "やっぱり@nora先生がいないと締まらないですね #",
        "@nora さんがいないと静かすぎる #",
        "@nora がいないとツッコミ役が足りない！ #",
        "@nora さん来るまで始められない #",
        "@nora やっぱりキミがいないとダメだわ #",
        "@nora さん、今日もお待ちしてましたが…お忙しいのかな。いないとさみしいです #",
        "@nora さん抜きで始めちゃうのは寂しい #",
        "@nora さんがいないと話がまとまらない〜 #",
        "@nora さん来ないとつまんないです #",
    ],
    "long-time": [
        "@nora さん、お久しぶりです #",
        "@nora さん、ご無沙汰しています #",
        "@nora さん最近見ないね #",
        "最近@nora さんを見かけませんね #",
        "@nora ひさしぶり！ #",
        "@nora さん、長らくお会いしてませんね #",
        "@nora さん、全然見かけないけど元気？ #",
        "@nora ちゃん、しばらく姿を見ないね #",
        "@nora さん、ずいぶんご無沙汰ですね #",
        "@nora お久しぶりです、お元気ですか？ #",
        "@nora さん、ご無沙汰です。最近どうしてますか #",
    ],
    "absence": [
        "@nora さん、最近静かですね #",
        "@nora さんから音沙汰がない #",
        "今日も@noraさんいないね #",
        "@nora さんの姿が見えないなあ #",
        "@noraさんだけいない #",
        "@nora さんがまだ来てないよ #",
        "@nora さん今夜はいらっしゃらないんですね、さみしいなあ #",
        "あと来てないのは@nora さんだけ #",
        "@nora さん以外は全員集合 #",
        "@nora さんがログインしてない…珍しい #",
        "@nora さんの気配がしない #",
        "@nora おらんやん、さみしいわ〜 #",
        "@nora さんがいないなんて珍しい #",
        "@nora さん音信不通… #",
        "Q3なのに @nora さんがまだ現れない #",
        "@nora さんから何の音沙汰もない… #",
        "@nora いないじゃん！ #",
        "@nora さんの姿がないと始まった気がしない #",
    ],
    "awol": [
        "@nora さん、またサボりですか？ #",
        "@nora さんが行方不明です #",
        "@nora さぼってるな〜 #",
        "@nora くん脱走か #",
        "@nora さん、また寝坊かな？笑 #",
        "@nora 欠席裁判しちゃうぞー #",
        "@nora ちゃん、サボり？それとも寝てる？ #",
        "@nora 逃げたな？ #",
        "@nora さん、無断欠席ですよー笑 #",
    ],
    "waiting": [
        "@nora さん、待ってますよ〜 #",
        "@nora さんをお待ちしています #",
        "みんな@noraさんを待ってる #",
        "@nora さん待ちです #",
        "@nora さん、みんなで待ってるからね #",
        "@nora さん、こちらで待ってますのでお時間あればぜひ #",
        "@nora さんの到着待ち #",
        "お茶淹れて待ってるよ @nora #",
        "隣の席、空けて待ってるからね @nora #",
        "@nora みんな待ってるよ〜！ #",
        "@nora さんが来るの待ってるんですけど #",
        "@nora さん、首を長くして待ってます #",
    ],
    "chair": [
        "@nora さんの席、空いてますよ #",
        "@nora さん、お席ご用意してお待ちしております #",
        "@noraさん、席とっておいたよ #",
        "@nora 席あっためてあるよ #",
        "@nora さんの椅子がぽつんと空いてる #",
        "@nora さんの分の席、ちゃんと取ってありますからね #",
        "@nora いつもの席が寂しそうだよ #",
        "@nora さんの席が空いたままです #",
        "@nora さんの席キープしてます！ #",
        "@nora さん、席は温めてあります☕ #",
    ],
}

NO_CALLS = {
    "the author missed something": [
        "@nora 今日は参加できなくて残念です #",
        "@nora さん、昨日のチャット見逃しました #",
        "参加できなかった…さみしい @nora #",
        "@nora 先週は出られなくて寂しかったです #",
        "@nora 久しぶりに参加します #",
    ],
    "an absentee apologises": [
        "@nora さんごめんなさい、今日は行けません #",
        "遅れてすみません @nora さん、まだ間に合いますか #",
        "@nora ご無沙汰してしまいすみません #",
        "いなくてごめんね @nora #",
    ],
    "a thing was missed": [
        "@nora さん、質問を見落としてました #",
        "@nora リンクが見当たりません #",
        "@nora 電車逃しちゃった #",
        "@nora このファイルがない #",
    ],
    "promotion": [
        "お見逃しなく！今夜のゲストは@noraさん #",
        "今夜20時開催です。皆さんの参加をお待ちしています @nora #",
        "参加者募集中！おいでください @nora #",
        "初心者もぜひどうぞ！主催の@noraさんがお待ちしています #",
        "@nora さんがゲストです。今からでも来てね #",
    ],
    "farewell": [
        "@nora さん、寂しくなります #",
        "@nora さん卒業おめでとう、寂しいけど応援してます #",
        "@nora さん退職されるんですね。さみしいです #",
        "@nora 先生のご冥福をお祈りします。寂しいです #",
        "@nora さん、長い間お世話になりました。寂しいです #",
    ],
    "personal": [
        "@nora 家に帰ったら君がいなくて寂しい #",
        "@nora 愛してる、会いたい #",
    ],
    "another event": [
        "@nora さん、先週の飲み会いなくて寂しかったです #",
        "@nora さん、来週の勉強会に来ませんか #",
        "@nora さん、学会でお会いできなくて残念でした #",
        "@nora 明日のランチおいでよ #",
    ],
    "where is a thing": [
        "@nora リンクはどこですか？ #",
        "@nora さん、資料はどこにありますか #",
        "@noraさんの本はどこで買えますか #",
        "@nora この写真どこ？ #",
        "@nora それどころじゃないね #",
    ],
    "where are you from": [
        "@nora さんはどこ出身ですか #",
        "@nora さん、どこから参加していますか #",
        "@nora さんはどこに住んでるの？ #",
        "@nora さんはどこの大学ですか #",
    ],
    "nobody in particular": [
        "みんなどこ？ #",
        "誰かいませんか @nora #",
        "今日は静かですね #",
        "みんないなくて寂しい #",
        "おいでよ！ #",
        "みんなどこ行ったの、@nora さん #",
    ],
    "a greeting to somebody who is there": [
        "@nora さんおかえり、待ってたよ #",
        "@nora さん来た！待ってました #",
        "待ってました！ @nora さん #",
        "@nora さん、来てくれて嬉しいです。寂しかったよ #",
        "@nora さん、ようこそ！お久しぶりです #",
        "@nora さんやっと会えた！寂しかった #",
        "@nora いらっしゃい！待ってたよ #",
        "@nora さん、ご参加ありがとうございます。またお待ちしています #",
        "@nora いた！どこ行ってたの #",
        "@nora さん、間に合いましたね！待ってました #",
        "@nora さーん、おかえり！ #",
    ],
    "an excused absence": [
        "@nora さんは今日お休みです #",
        "@nora さんは出張中で今日はいません #",
        "@nora さんは風邪だそうです。いなくて寂しいですね #",
        "@nora さん、欠席とのことです #",
        "@nora お大事に、いなくて寂しいです #",
        "@nora さんは遅れて来るそうです。待ってます #",
    ],
    "somebody else's words": [
        "「@nora さんどこ？」って聞かれた #",
        "anaさんが「いなくて寂しい」と言ってたよ @nora #",
        "RT @ben: @nora さんがいなくて寂しい #",
        "> @nora さんどこ？\nいい質問 #",
        "いなくて寂しいって言われた @nora #",
        "『君がいなくて寂しい』 @nora #",
    ],
    "about the practice or the bot": [
        "@nora botから「待ってます」と通知が来た #",
        "@nora このボットはいない人に待ってますよと送ります #",
        "@nora いなくて寂しいと言ってもらえると嬉しい #",
    ],
    "sarcasm": [
        "@nora さんがいなくて寂しいなあ（棒） #",
        "@nora いなくて寂しいよ🙄 #",
        "@nora さんがいなくて寂しい、なんてね #",
        "@nora いなくてせいせいする #",
    ],
    "negation": [
        "@nora さんがいなくても寂しくない #",
        "@nora 別に待ってないよ #",
        "@nora さんは来なくていいです #",
        "@nora 寂しいわけないでしょ #",
        "@nora 待ってません #",
    ],
    "songs and films": [
        "@nora あの曲「君がいなくて」いいよね #",
        "@nora さん、君に会いたいって歌が好き #",
        "🎵 会いたくて会いたくて @nora #",
        "映画の「君はどこ」を観た @nora #",
    ],
    "answers": [
        "A1 @nora さんがいないと始まらない、と思う #",
        "A2：待ってます、と伝える @nora #",
        "Ａ３いなくて寂しいと声をかける @nora #",
    ],
    "the author and bots": [
        "@ida さんがいなくて寂しい #",
        "@bell どこ？ #",
    ],
    "a question of the chat": [
        "Q1：@nora さんがいないと始まらないことは？ #",
    ],
    "other everyday words": [
        "@nora 返事待ってます #",
        "@nora さんの記事、楽しみに待ってます #",
        "少々お待ちください @nora さん #",
        "@nora さん、どこが面白かったですか #",
        "@nora それは残念ですね #",
        "@nora 席替えの話が面白かった #",
        "@nora さん、いいですね #",
        "@nora さんの意見に賛成です #",
        "@nora さんが言っていた本を読みました #",
        "@nora 会場の席は空いてますか？ #",
        "@nora どう思いますか？ #",
        "@nora さん、ありがとうございます！ #",
        "@nora さーん、それいいですね！ありがとう #",
        "@nora 久しぶりに本を読んだ #",
        "@nora さんのおかげで楽しいです #",
        "@nora さんも見ますか？ #",
    ],
    "what people say in a chat": [
        "@nora さん、いつもいてくれて助かります #",
        "@nora さんが来てから雰囲気が変わりましたね #",
        "@nora さんの話、もっと聞きたいです！ #",
        "@nora さん、どこでそれを知りましたか？ #",
        "@nora どこも混んでますよね #",
        "@nora 待ち時間が長いのはつらいですね #",
        "@nora 来年もよろしくお願いします #",
        "@nora おいでになる方は事前登録をお願いします #",
        "@nora さんに参加してもらえて嬉しいです #",
        "@nora さん、今日も楽しいですね #",
        "@nora 私は猫がいないと寂しいです #",
        "@nora 学生がいない教室は静かですね #",
        "@nora 子どもがいないと始まらないイベントですね #",
        "@nora 上司がどこにいるか分からない #",
        "@nora 締め切りに間に合いますか？ #",
        "@nora まだ間に合う時期ですよね、受験は #",
        "@nora 席を譲る話、いいですね #",
        "@nora 返信お待ちしてます #",
        "@nora さんの続報を待ってます #",
        "@nora 待ってる時間に本を読みます #",
        "@nora 恋しい季節になりましたね #",
        "@nora 紙の本が恋しいです #",
        "@nora 対面授業が恋しい #",
        "@nora さんの意見に一票！ #",
        "@nora さんなしでは完成しませんでした、感謝です #",
        "@nora さんのおかげで間に合いました #",
        "@nora さん、来てたんですね！気づかなかった #",
        "@nora お、来たね〜待ってたよ #",
        "@nora さん登場！お久しぶりです #",
        "@nora さん、お久しぶりです！来てくれてありがとう #",
        "@nora お疲れさまでした、また来週お待ちしてます #",
        "@nora また来週！来てね #",
        "@nora さん、今日はありがとうございました。またいらしてください #",
        "健太さんは体調不良でお休みです #",
        "健太さんは出張のため欠席です #",
        "健太さん、今日来れないって言ってた #",
        "さくらさんがいないと寂しいとみんなに言われたそうです #",
        "さくらの季節ですね @nora #",
        "さくらが咲くのを待っています @nora #",
        "桜を見に来ませんか @nora #",
        "@nora 花見に来ない？ #",
        "@nora さんの投稿を見てない人はぜひ #",
        "@nora この動画まだ見てないです #",
        "@nora 最近テレビ見ないですね #",
        "@nora 最近うちの子が静かです #",
        "@nora 最近学校に行ってない生徒が増えました #",
        "@nora 生徒がサボりがちで困ります #",
        "@nora 授業をサボる学生にどう声をかけますか #",
        "@nora 不登校の子の居場所がない #",
        "@nora 先生がいない時間が一番学ぶ #",
        "@nora 教室に空いてる席が多い #",
        "@nora 私もいつも席を探します #",
        "@nora 呼び出しボタンが壊れてる #",
        "@nora お呼びでない感じでした笑 #",
        "@nora もしもしと電話で言うのは日本だけ？ #",
        "@nora どこかで聞いた話だ #",
        "@nora どこまで話しましたっけ #",
        "@nora どこかに行きたい #",
        "@nora 今どこの学年を教えていますか #",
        "@nora いまどこで働いてるんですか？ #",
        "@nora いないいないばあを研究しています #",
        "@nora いない人の話をするのは良くない #",
        "@nora 誰もいない図書館が好き #",
        "私がいなくて寂しかったでしょ？ @nora #",
        "@nora 寂しがり屋なんです #",
        "@nora 寂しいお知らせがあります。来月でチャットは終了します #",
        "@nora 長い間ありがとう。寂しいです。お元気で #",
        "@nora 会いたい人に会いに行くのが学び #",
        "A4 会いたかった人に会えました @nora #",
        "@nora さんも参加されていたんですね #",
        "@nora 参加しませんかと誘うのがコツ #",
        "@nora どうぞお入りくださいと書いてある #",
        "@nora 今日のゲストの先生、いついらっしゃいますか #",
        "@nora 「早くおいで」って祖母の口癖でした #",
        "@nora おいでと言われても困る #",
        "@nora カムバック率という指標があります #",
        "@nora このチャットがない木曜は寂しいです #",
        "@nora チャットがお休みだと寂しいですね #",
        "@nora 始まりましたね！よろしくお願いします #",
        "@nora はい、始まってますよ #",
        "みなさんお久しぶりです！ @nora さんもこんばんは #",
        "@nora 昨日は参加できずすみませんでした #",
        "@nora 先週のチャット、逃しました。悔しい #",
        "今日は子どもの熱で行けません、@nora さんよろしく #",
        "@nora その話、見逃してました。ありがとう #",
        "@nora 3問目が抜けてますよ #",
        "@nora 句読点がひとつ足りないです #",
        "今夜21時から！ゲストは @nora さん。ぜひご参加ください #",
        "@nora さんと一緒に待ってます！みなさん来てね #",
        "@nora さん、今までありがとう。いなくなると寂しいです #",
        "今日で @nora さんは最後だそうです。寂しいですね #",
        "@nora おばあちゃんが亡くなって、いなくて寂しいです #",
        "@nora 昨日の飲み会、どこにいたの？探したよ #",
        "@nora 土曜の研究会でお待ちしています #",
        "@nora 来月の京都、来ませんか？ #",
        "@nora ハッシュタグの一覧ってどこ？ #",
        "@nora さん、このグラフの出典はどこですか #",
        "@nora さん、お住まいはどこですか #",
        "@nora どちらからご参加ですか #",
        "@nora 今どこからつないでますか #",
        "みんなどこ行った？ #",
        "誰もいない… #",
        "今夜は静かだなあ @nora #",
        "@nora あ、いたいた！待ってたよ #",
        "@nora こんばんは！お待ちしてましたよ #",
        "@nora さん、おかえりなさい。寂しかったですよ #",
        "@nora 間に合ってよかった！ #",
        "さくらさんは夜勤でお休みです #",
        "さくらさん、今日は欠席の連絡をもらってます #",
        "母に「早く帰っておいで」と言われた @nora #",
        "@nora 上司に「いなくて困った」と言われました #",
        "RT @nora: @nora さん、どこですか？ #",
        "QT @nora さんがいなくて寂しいってさ #",
        "@nora 休んだ生徒に「待ってるよ」と手紙を書きます #",
        "@nora いない人に声をかけるのは大事ですね #",
        "@nora さんの自慢話がなくて寂しいなあ（笑） #",
        "わー@noraさんがいなくて寂しいなー（棒読み） #",
        "@nora いなくても平気でしたよ #",
        "@nora もう待っていません #",
        "@nora 寂しくなんかないです #",
        "A1 「どこでもドア」です @nora #",
        "A5 『また、同じ夢を見ていた』 @nora #",
        "@nora カラオケの十八番は「会いたい」です #",
        "@grace はどこだって？ここにいます #",
        "@nora 授業でスマホを探してる子がいた #",
        "@nora さんの資料、どこかで見かけました #",
        "@nora 空いてる時間に読みます #",
        "@nora 参加者が足りないイベントの話 #",
        "@nora 呼び出しベルの音が苦手 #",
        "@nora 生きてるだけで丸儲け #",
        "@nora ずっと立ちっぱなしで席がほしい #",
        "@nora さん、なるほど！その方法は試したことがありませんでした #",
        "@nora うちの学校でも同じ問題があります。時間が足りないんですよね #",
        "@nora それは知りませんでした。ありがとうございます #",
        "@nora 会議が長くて困っています #",
        "@nora 確かに、振り返りの時間がないと定着しませんね #",
        "@nora 目標がないと始まらないですよね #",
        "@nora さんの言う通り、フィードバックがないと伸びない #",
        "@nora 先に質問を出しておくと盛り上がりますよ #",
        "@nora 学生が来ない授業をどう変えますか #",
        "@nora 朝活は参加者がいないと続かない #",
        "@nora オンラインだと顔が見えないので寂しいです #",
        "@nora 一人で学ぶのは寂しいですよね #",
        "@nora 図書館の席が空いてると嬉しい #",
        "@nora 次の質問を待ってます #",
        "@nora 新刊が出るのを待ってます #",
        "@nora 文字だけだと声が聞こえないのが残念 #",
        "@nora 失敗談を聞きたいです #",
        "@nora 同じことを考えている人がいて嬉しいです #",
        "@nora メモを取るのが間に合わない #",
        "@nora 今日の質問は難しいですね。どこから答えよう #",
        "@nora いつも参考になります！ #",
        "@nora さんはいつもどこで勉強していますか？ #",
        "@nora 来てよかったです。勉強になりました #",
        "@nora さん、今日も来てよかった #",
        "@nora 私は今日が初参加です。よろしくお願いします #",
        "@nora 私は途中で抜けます。また来ます #",
        "@nora そろそろ落ちます、おやすみなさい #",
        "@nora おやすみなさい、また来週！ #",
        "@nora お先に失礼します。楽しかったです #",
        "@nora はい、参加しています！ #",
        "@nora 初めまして、よろしくお願いします #",
        "@nora フォローありがとうございます #",
        "@nora 何かおすすめの本はありますか？ #",
        "@nora 見てる人が多いと緊張します #",
        "@nora 動画はもう見てますか？ #",
        "@nora 参加している人はどこで知ったの？ #",
        "@nora 子どもが学校に行けなくて心配です #",
        "@nora 先生が足りない、時間も足りない #",
        "@nora 上司がいないと自由に話せる #",
        "@nora 仲間がいないと続けられない #",
        "@nora 仲間がいなくて寂しい人のためのチャットですね #",
        "@nora チャットがなくて寂しい週でした #",
        "@nora ここに来ると元気が出ます #",
        "@nora 元気ですか？最近どうですか #",
        "@nora お元気そうで何よりです #",
        "@nora どうしたらいいですか #",
        "@nora どうしたの？何かあった？ #",
        "@nora どうしてそう思うんですか？ #",
        "@nora いますよ、ここに！ #",
        "@nora いるよー #",
        "@nora はどう思う？ #",
        "@nora も同じ意見なんですね #",
        "@nora さんに賛成。ベテランがいると心強い #",
        "@nora もっと早く知りたかった #",
        "@nora 懐かしいですね！その曲 #",
        "@nora 昔の同僚に会いたいです #",
        "@nora 早く夏が来てほしい #",
        "@nora 春よ来い #",
        "@nora みんなで一緒にやろうという文化が大事 #",
        "@nora 一緒に学びましょう！ #",
        "@nora 応答速度が遅いのが悩み #",
        "@nora 音声が聞こえますか？というテスト #",
        "@nora 出番が来るまで緊張しました #",
        "@nora 先生に呼ばれていました #",
        "@nora 行方不明になったファイルを探してます #",
        "@nora サボりたい日もあります #",
        "@nora 逃げたくなる気持ちわかる #",
        "@nora 迷子になった話、笑いました #",
        "@nora 静かな部屋のほうが集中できる #",
    ],
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
        text = re.sub(r"#(?!\w)", "#lrnchat", text)
        mentioned = dict.fromkeys(re.findall(r"[@＠]([a-z]+)", text))
        people: tuple[Person, ...] = tuple(person(one) for one in mentioned if one in CAST)
        scene = Scene(chat=chat, roster=roster, replied_to=person(to) if to else None)
        seen = reader.observe(say(text, to=to, mentions=people), scene)
        return [one for one in seen if isinstance(one, Called)]

    return observed


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in CALLS.items() for text in texts])
def test_a_call_in_every_kind_reaches_the_person_it_names(called: Told, kind: str, text: str) -> None:
    assert [(one.target.id, one.kind, one.language) for one in called(text)] == [("id-nora", kind, "ja")]


@pytest.mark.parametrize(("why", "text"), [(why, text) for why, texts in NO_CALLS.items() for text in texts])
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
