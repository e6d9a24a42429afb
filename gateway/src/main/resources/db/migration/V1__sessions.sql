-- Devices, the sessions opened on them, and the refresh tokens of each session.
-- The same statements run on PostgreSQL and on H2 in its PostgreSQL mode.

-- A device of a customer: the thumbprint of its key (RFC 7638). Two customers may share a phone.
create table device (
	id varchar(36) primary key,
	customer_id varchar(20) not null,
	thumbprint varchar(43) not null,
	created_at timestamp with time zone not null,
	unique (customer_id, thumbprint)
);

create table app_session (
	id varchar(36) primary key,
	device_id varchar(36) not null references device (id),
	customer_id varchar(20) not null,
	-- The portal user at the identity provider.
	subject varchar(64) not null,
	-- pwd, pin or bio.
	acr varchar(8) not null,
	authenticated_at timestamp with time zone not null,
	last_used_at timestamp with time zone not null,
	-- The identity provider's refresh token, sealed with a key that is not in this database.
	provider_token varchar(8192),
	ended_at timestamp with time zone,
	end_reason varchar(16)
);

create index app_session_customer on app_session (customer_id);
create index app_session_ended on app_session (ended_at);

create table refresh_token (
	-- SHA-256 of the token, base64url.
	hash varchar(43) primary key,
	session_id varchar(36) not null references app_session (id),
	issued_at timestamp with time zone not null,
	used_at timestamp with time zone,
	-- The token that followed, readable only by whoever holds this one.
	successor varchar(512)
);

create index refresh_token_session on refresh_token (session_id);
