"""Direct threads, one record a participant (https://docs.joinmastodon.org/methods/conversations/)."""

from sandbox.model import Account, Conversation, Status
from sandbox.network import Network


def add(network: Network, account: Account, status: Status) -> None:
    """Put a direct status into the account's conversation with exactly these participants."""
    others = frozenset({status.account_id, *status.mentioned()} - {account.id})
    key = (status.conversation_id, others)
    conversation = account.conversations.get(key)
    if conversation is None:
        conversation = Conversation(network.ids.number(network.now()), others)
        account.conversations[key] = conversation
    if status.id not in conversation.status_ids:
        conversation.status_ids.append(status.id)
        conversation.is_unread = status.account_id != account.id


def forget(account: Account, status_id: str) -> None:
    """Take a deleted status out of the account's conversations; an empty conversation goes."""
    for key, conversation in list(account.conversations.items()):
        if status_id in conversation.status_ids:
            conversation.status_ids.remove(status_id)
            if not conversation.status_ids:
                del account.conversations[key]
