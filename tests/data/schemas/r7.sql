BEGIN TRANSACTION;
CREATE TABLE attendance (
	member_id VARCHAR NOT NULL, 
	session_id VARCHAR NOT NULL, 
	first_at VARCHAR(32) NOT NULL, 
	last_at VARCHAR(32) NOT NULL, 
	how VARCHAR NOT NULL, 
	CONSTRAINT pk_attendance PRIMARY KEY (member_id, session_id)
);
INSERT INTO "attendance" VALUES('sam','lrnchat@2025-03-14T01:30Z','2025-03-14T01:30:00.000000+00:00','2025-03-14T01:30:00.000000+00:00','post');
CREATE TABLE billed (
	account VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	kind VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	CONSTRAINT pk_billed PRIMARY KEY (account, day, kind, "key")
);
CREATE TABLE call (
	platform VARCHAR NOT NULL, 
	post_id VARCHAR NOT NULL, 
	member_id VARCHAR NOT NULL, 
	session_id VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	phrase VARCHAR NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	caller_id VARCHAR, 
	caller_name VARCHAR, 
	CONSTRAINT pk_call PRIMARY KEY (platform, post_id, member_id)
);
INSERT INTO "call" VALUES('mastodon','1','sam','lrnchat@2025-03-14T01:30Z','https://x.example/1','missed','you are missed','2025-03-14T01:30:00.000000+00:00',NULL,NULL);
CREATE TABLE change (
	chat VARCHAR NOT NULL, 
	day VARCHAR(10) NOT NULL, 
	moved_to VARCHAR(32), 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_change PRIMARY KEY (chat, day)
);
CREATE TABLE closing (
	account VARCHAR NOT NULL, 
	use VARCHAR NOT NULL, 
	until VARCHAR(32) NOT NULL, 
	why VARCHAR NOT NULL, 
	CONSTRAINT pk_closing PRIMARY KEY (account, use)
);
CREATE TABLE cost (
	account VARCHAR NOT NULL, 
	day DATE NOT NULL, 
	kind VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	items INTEGER NOT NULL, 
	micros INTEGER NOT NULL, 
	CONSTRAINT pk_cost PRIMARY KEY (account, day, kind, chat)
);
INSERT INTO "cost" VALUES('x','2025-03-14','post_read','tea',2,10000);
CREATE TABLE cursor (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	CONSTRAINT pk_cursor PRIMARY KEY (name)
);
INSERT INTO "cursor" VALUES('home','7');
CREATE TABLE decision (
	member_id VARCHAR NOT NULL, 
	session_id VARCHAR NOT NULL, 
	outcome VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	decision JSON NOT NULL, 
	facts JSON NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_decision PRIMARY KEY (member_id, session_id, outcome, reason)
);
INSERT INTO "decision" VALUES('sam','lrnchat@2025-03-14T01:30Z','skip','was dozing','{"reason": "was dozing", "checks": []}','{"calls": 1}','2025-03-14T01:30:00.000000+00:00');
CREATE TABLE enrolment (
	member_id VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	CONSTRAINT pk_enrolment PRIMARY KEY (member_id, chat), 
	CONSTRAINT fk_enrolment_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
INSERT INTO "enrolment" VALUES('sam','lrnchat',0);
CREATE TABLE gap (
	session_id VARCHAR NOT NULL, 
	begins_at VARCHAR(32) NOT NULL, 
	ends_at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_gap PRIMARY KEY (session_id, begins_at)
);
INSERT INTO "gap" VALUES('lrnchat@2025-03-14T01:30Z','2025-03-14T01:30:00.000000+00:00','2025-03-14T01:30:00.000000+00:00');
CREATE TABLE identity (
	platform VARCHAR NOT NULL, 
	account_id VARCHAR NOT NULL, 
	member_id VARCHAR NOT NULL, 
	position INTEGER NOT NULL, 
	handle VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	is_bot BOOLEAN NOT NULL, 
	thread_post_id VARCHAR, wants_no_bots BOOLEAN DEFAULT 0 NOT NULL, refused_at VARCHAR(32), 
	CONSTRAINT pk_identity PRIMARY KEY (platform, account_id), 
	CONSTRAINT fk_identity_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
INSERT INTO "identity" VALUES('mastodon','102','sam',0,'sam@x.example','Sam',0,'t',0,NULL);
CREATE TABLE lease (
	name VARCHAR NOT NULL, 
	owner VARCHAR NOT NULL, 
	until VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_lease PRIMARY KEY (name)
);
INSERT INTO "lease" VALUES('process/one','one','2025-03-14T01:30:00.000000+00:00');
CREATE TABLE link (
	code_hash VARCHAR(64) NOT NULL, 
	member_id VARCHAR NOT NULL, 
	platform VARCHAR NOT NULL, 
	account_id VARCHAR NOT NULL, 
	expires_at VARCHAR(32) NOT NULL, 
	claimed_platform VARCHAR, 
	claimed_id VARCHAR, 
	claimed_handle VARCHAR, 
	claimed_name VARCHAR, 
	claimed_thread_id VARCHAR, 
	CONSTRAINT pk_link PRIMARY KEY (code_hash), 
	CONSTRAINT fk_link_member_id FOREIGN KEY(member_id) REFERENCES member (id) ON DELETE CASCADE
);
CREATE TABLE member (
	id VARCHAR NOT NULL, 
	consent VARCHAR NOT NULL, 
	zone VARCHAR NOT NULL, 
	language VARCHAR NOT NULL, 
	joined_at VARCHAR(32) NOT NULL, 
	last_heard_at VARCHAR(32) NOT NULL, preferences JSON DEFAULT '{}' NOT NULL, 
	CONSTRAINT pk_member PRIMARY KEY (id)
);
INSERT INTO "member" VALUES('sam','live','UTC','en','2025-03-14T01:30:00.000000+00:00','2025-03-14T01:30:00.000000+00:00','{}');
CREATE TABLE missed_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT missed_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "missed_version" VALUES('r7');
CREATE TABLE outbox (
	id VARCHAR NOT NULL, 
	"key" VARCHAR NOT NULL, 
	member_id VARCHAR NOT NULL, 
	platform VARCHAR NOT NULL, 
	account_id VARCHAR NOT NULL, 
	handle VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	state VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	session_id VARCHAR, 
	note VARCHAR NOT NULL, 
	words JSON, 
	language VARCHAR NOT NULL, 
	in_reply_to_id VARCHAR, 
	not_before VARCHAR(32) NOT NULL, 
	expires_at VARCHAR(32) NOT NULL, 
	created_at VARCHAR(32) NOT NULL, 
	attempts INTEGER NOT NULL, 
	attempted_at VARCHAR(32), 
	lease_until VARCHAR(32), 
	text VARCHAR, 
	receipt_id VARCHAR, 
	receipt_url VARCHAR, 
	done_at VARCHAR(32), owner VARCHAR, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT uq_outbox_key UNIQUE ("key")
);
INSERT INTO "outbox" VALUES('m1','k1','sam','mastodon','102','sam@x.example','called','sent','','lrnchat@2025-03-14T01:30Z','',NULL,'en',NULL,'2025-03-14T01:30:00.000000+00:00','2025-03-14T01:30:00.000000+00:00','2025-03-14T01:30:00.000000+00:00',1,NULL,NULL,'Ana misses you',NULL,NULL,NULL,NULL);
CREATE TABLE post (
	platform VARCHAR NOT NULL, 
	id VARCHAR NOT NULL, 
	uri_hash VARCHAR(64) NOT NULL, 
	session_id VARCHAR, 
	created_at VARCHAR(32) NOT NULL, 
	author_id VARCHAR, 
	author_handle VARCHAR, 
	author_name VARCHAR, 
	author_is_bot BOOLEAN, 
	CONSTRAINT pk_post PRIMARY KEY (platform, id), 
	CONSTRAINT uq_post_platform_uri_hash UNIQUE (platform, uri_hash)
);
CREATE TABLE question (
	session_id VARCHAR NOT NULL, 
	number INTEGER NOT NULL, 
	text VARCHAR NOT NULL, 
	post_id VARCHAR NOT NULL, 
	url VARCHAR NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_question PRIMARY KEY (session_id, number), 
	CONSTRAINT uq_question_session_id_post_id UNIQUE (session_id, post_id)
);
CREATE TABLE reading (
	session_id VARCHAR NOT NULL, 
	source VARCHAR NOT NULL, 
	until VARCHAR(32), 
	sweeps INTEGER NOT NULL, 
	CONSTRAINT pk_reading PRIMARY KEY (session_id, source)
);
CREATE TABLE request (
	id INTEGER NOT NULL, 
	account VARCHAR NOT NULL, 
	use VARCHAR NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_request PRIMARY KEY (id)
);
CREATE TABLE session (
	id VARCHAR NOT NULL, 
	chat VARCHAR NOT NULL, 
	starts_at VARCHAR(32) NOT NULL, 
	ends_at VARCHAR(32) NOT NULL, 
	watched_until VARCHAR(32), 
	sweeps INTEGER NOT NULL, 
	settled_at VARCHAR(32), 
	erased_at VARCHAR(32), 
	held BOOLEAN, 
	observed BOOLEAN, 
	people INTEGER NOT NULL, 
	CONSTRAINT pk_session PRIMARY KEY (id)
);
INSERT INTO "session" VALUES('lrnchat@2025-03-14T01:30Z','lrnchat','2025-03-14T01:30:00.000000+00:00','2025-03-14T02:30:00.000000+00:00',NULL,0,NULL,NULL,NULL,NULL,0);
CREATE TABLE tally (
	name VARCHAR NOT NULL, 
	count INTEGER NOT NULL, 
	CONSTRAINT pk_tally PRIMARY KEY (name)
);
INSERT INTO "tally" VALUES('forgotten',2);
CREATE TABLE tie (
	low_id VARCHAR NOT NULL, 
	high_id VARCHAR NOT NULL, 
	weight FLOAT NOT NULL, 
	at VARCHAR(32) NOT NULL, 
	CONSTRAINT pk_tie PRIMARY KEY (low_id, high_id), 
	CONSTRAINT fk_tie_low_id FOREIGN KEY(low_id) REFERENCES member (id) ON DELETE CASCADE, 
	CONSTRAINT fk_tie_high_id FOREIGN KEY(high_id) REFERENCES member (id) ON DELETE CASCADE
);
CREATE INDEX ix_attendance_session_id ON attendance (session_id);
CREATE INDEX ix_call_session_id ON call (session_id);
CREATE INDEX ix_outbox_created_at ON outbox (created_at);
CREATE INDEX ix_outbox_member_id_session_id ON outbox (member_id, session_id);
CREATE INDEX ix_outbox_session_id ON outbox (session_id);
CREATE INDEX ix_outbox_state_not_before ON outbox (state, not_before);
CREATE INDEX ix_post_created_at ON post (created_at);
CREATE INDEX ix_post_session_id_author_id ON post (session_id, author_id);
CREATE INDEX ix_session_chat_starts_at ON session (chat, starts_at);
CREATE INDEX ix_session_erased_at ON session (erased_at);
CREATE INDEX ix_session_settled_at ON session (settled_at);
CREATE INDEX ix_enrolment_chat ON enrolment (chat);
CREATE INDEX ix_identity_handle ON identity (handle);
CREATE INDEX ix_identity_member_id ON identity (member_id);
CREATE INDEX ix_tie_high_id ON tie (high_id);
CREATE INDEX ix_outbox_platform_account_id_created_at ON outbox (platform, account_id, created_at);
CREATE INDEX ix_outbox_platform_receipt_id ON outbox (platform, receipt_id);
CREATE INDEX ix_link_member_id ON link (member_id);
CREATE INDEX ix_request_account_use_at ON request (account, use, at);
CREATE INDEX ix_decision_session_id ON decision (session_id);
COMMIT;
