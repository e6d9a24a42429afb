-- Payments at the operator. A row is there before the operator is asked: what follows is found out, never guessed.

create table payment (
	id varchar(36) primary key,
	-- What the operator knows it by.
	order_id varchar(32) not null unique,
	customer_id varchar(20) not null,
	-- The link that began it; null if the app did.
	link_id varchar(36),
	-- payments.PaymentState.
	state varchar(10) not null,
	-- MERCHANT or PAYER: who bears the operator's fee.
	fee_bearer varchar(8) not null,
	-- Grosze: what is owed, and the fee that was quoted on top.
	amount bigint not null,
	fee bigint not null,
	currency varchar(3) not null,
	-- Where the customer pays; the operator says it once.
	redirect_url varchar(2048),
	created_at timestamp with time zone not null,
	-- Until when the customer may begin to pay.
	valid_until timestamp with time zone not null,
	-- When the operator said that it is paid.
	paid_at timestamp with time zone,
	-- When it became final, whatever it became.
	closed_at timestamp with time zone,
	-- Paid more than once, or paid although its documents were paid otherwise.
	overpaid boolean not null default false,
	-- When the operator is asked next; null if there is nothing left to ask.
	next_look_at timestamp with time zone,
	-- How often the operator said that it has no such order.
	absences integer not null default 0
);

create index payment_customer on payment (customer_id, created_at);
create index payment_link on payment (link_id);
create index payment_look on payment (next_look_at);
create index payment_overpaid on payment (overpaid, created_at);

create table payment_document (
	payment_id varchar(36) not null references payment (id),
	invoice_id varchar(32) not null,
	contract_account_id varchar(32) not null,
	amount bigint not null,
	-- Its place in the basket.
	place integer not null,
	primary key (payment_id, invoice_id)
);

create index payment_document_invoice on payment_document (invoice_id);

-- What the operator said of each attempt to pay an order; only ever moves forward (operator.Attempt).
create table payment_attempt (
	order_id varchar(32) not null,
	remote_id varchar(64) not null,
	status varchar(8) not null,
	-- Grosze of ours; the operator's fee is not in it.
	amount bigint not null,
	currency varchar(3) not null,
	happened_at timestamp with time zone not null,
	primary key (order_id, remote_id)
);

-- What the operator said, signed, that does not fit the payment of that order, or whose order is not ours.
create table payment_difference (
	order_id varchar(32) not null,
	remote_id varchar(64) not null,
	-- differences.Difference.
	kind varchar(16) not null,
	-- Grosze.
	amount bigint not null,
	currency varchar(3) not null,
	noticed_at timestamp with time zone not null,
	primary key (order_id, remote_id, kind)
);

create index payment_difference_noticed on payment_difference (noticed_at);

-- A document that is being paid, or was paid. One row a document: no two payments can have it. It stays for a while after
-- billing booked it: a node may still show what billing said before.
create table document_claim (
	invoice_id varchar(32) primary key,
	customer_id varchar(20) not null,
	payment_id varchar(36) not null references payment (id),
	-- ONGOING or PAID.
	state varchar(8) not null,
	since timestamp with time zone not null,
	-- When billing first showed it as settled.
	booked_at timestamp with time zone
);

create index document_claim_customer on document_claim (customer_id);
create index document_claim_payment on document_claim (payment_id);
create index document_claim_booked on document_claim (booked_at);

-- Requests that must not happen twice, by the key the app gave them.
create table idempotency_key (
	customer_id varchar(20) not null,
	operation varchar(40) not null,
	key_text varchar(255) not null,
	-- SHA-256 of what was asked, base64url.
	request_hash varchar(43) not null,
	-- Until when whoever works on it may be believed to; names who does.
	busy_until timestamp with time zone not null,
	-- What was begun: from then on the request is never worked on anew.
	subject varchar(36),
	-- The answer, once there is one: JSON.
	answer varchar(16384),
	created_at timestamp with time zone not null,
	primary key (customer_id, operation, key_text)
);

create index idempotency_key_created on idempotency_key (created_at);
