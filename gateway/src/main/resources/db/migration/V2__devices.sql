-- What opens a session on a device beside the password: a PIN, a key behind a fingerprint. Behind both stands the
-- identity provider's refresh token, which is asked at each such sign-in. The version of the gateway before this one goes
-- on writing app_session.provider_token; nothing reads it any more.

-- The portal user at the identity provider who last signed in with the password.
alter table device add column subject varchar(64);
-- When that was.
alter table device add column password_at timestamp with time zone;
-- The identity provider's refresh token, sealed with a key that is not in this database.
alter table device add column provider_token varchar(8192);
-- One request at a time uses it up for the next one: until then it is taken.
alter table device add column provider_busy_until timestamp with time zone;
-- When the provider was last asked with it and said yes.
alter table device add column provider_confirmed_at timestamp with time zone;

create table pin (
	device_id varchar(36) primary key references device (id),
	-- Argon2id over a keyed hash of device and PIN, with its parameters.
	hash varchar(200) not null,
	-- The id of the pepper in that keyed hash. The pepper itself is not in this database.
	pepper varchar(64) not null,
	-- Tries since the last right one, counted before they are looked at.
	tries integer not null,
	-- Those of them that were looked at and wrong; the others are under way, on whatever node.
	wrong integer not null,
	tried_at timestamp with time zone,
	set_at timestamp with time zone not null
);

-- Wrong PINs of a customer, on all devices together.
create table pin_day (
	customer_id varchar(20) not null,
	counted_on date not null,
	wrong integer not null,
	primary key (customer_id, counted_on)
);

-- The key that a phone releases after a fingerprint.
create table biometric_key (
	device_id varchar(36) primary key references device (id),
	-- A JWK (RFC 7517), public.
	public_key varchar(1000) not null,
	enrolled_at timestamp with time zone not null
);

create table biometric_challenge (
	-- SHA-256 of the challenge, base64url.
	hash varchar(43) primary key,
	device_id varchar(36) not null references device (id),
	-- What it is good for: enrolling a key, or signing in with it.
	purpose varchar(10) not null,
	expires_at timestamp with time zone not null
);

create index biometric_challenge_device on biometric_challenge (device_id);
