-- Changes of contact data that CRM has been sent and does not show yet, or whose outcome is not known. One row a customer
-- and kind: whoever holds it is the only one who changes that kind. Gone once CRM shows the change.

create table contact_change (
	customer_id varchar(20) not null,
	-- contact.ContactKind.
	kind varchar(5) not null,
	-- contact.ContactChange.State.
	state varchar(7) not null,
	-- What it is to be, sealed (keys.Seal); null while nothing was sent.
	sealed_value varchar(1024),
	-- The number of the new entry, once CRM has said it.
	entry varchar(10),
	-- The numbers of the entries that are to go, oldest first, with commas.
	replaces varchar(250) not null,
	sent_at timestamp with time zone,
	-- Until when whoever works on it may be believed to; names who does.
	busy_until timestamp with time zone not null,
	-- When it is looked at next.
	look_at timestamp with time zone not null,
	primary key (customer_id, kind)
);

create index contact_change_look on contact_change (look_at);

-- Messages that CRM was sent, without their text. One row a customer and content: the same message is sent once.
create table customer_message (
	customer_id varchar(20) not null,
	-- A pseudonym of topic, contract and text: without the key nobody can try what it was.
	content varchar(16) not null,
	-- Stands in the record at CRM too, so that it is found again.
	reference varchar(16) not null,
	sent_at timestamp with time zone not null,
	-- The number of CRM's record; null while it is not known whether there is one.
	ticket varchar(40),
	primary key (customer_id, content)
);

create index customer_message_sent on customer_message (sent_at);
