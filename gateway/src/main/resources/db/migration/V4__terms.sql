-- Which edition of the terms of use a customer accepted, and on which device. The version of the gateway before this one
-- writes nothing here and leaves terms_due null: its sessions are asked at their next sign-in.

create table terms_acceptance (
	customer_id varchar(20) not null,
	version varchar(40) not null,
	-- Of the key of the device it was accepted on (RFC 7638).
	thumbprint varchar(43) not null,
	accepted_at timestamp with time zone not null,
	primary key (customer_id, version)
);

-- The edition that had yet to be accepted when the session was opened.
alter table app_session add column terms_due varchar(40);
