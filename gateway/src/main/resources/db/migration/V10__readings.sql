-- Readings that customers gave. A row is there before billing is told: what follows is found out, never guessed.

create table meter_reading (
	id varchar(36) primary key,
	customer_id varchar(20) not null,
	meter_id varchar(32) not null,
	-- readingrules.ReadingKind, by the day of arrival.
	kind varchar(8) not null,
	-- Whether the customer was asked and is sure.
	confirmed boolean not null,
	-- register=value;register=value
	read_values varchar(1024) not null,
	arrived_at timestamp with time zone not null,
	-- The day of that in Warsaw.
	read_on date not null,
	-- readings.Reading.State.
	state varchar(16) not null,
	-- Whether billing may have seen it.
	sent boolean not null,
	-- Why billing refused it: problem.ProblemCode.
	refusal varchar(40),
	-- Grosze.
	billed_amount bigint,
	billed_currency varchar(3),
	invoice_id varchar(32),
	-- The meter and the day, which one reading can have; null once it was refused.
	meter_day varchar(48) unique,
	-- When somebody looks at it next; null if it is settled.
	next_look_at timestamp with time zone,
	settled_at timestamp with time zone
);

create index meter_reading_look on meter_reading (next_look_at);
create index meter_reading_meter on meter_reading (meter_id, state, arrived_at);
create index meter_reading_customer on meter_reading (customer_id, meter_id, read_on);
create index meter_reading_settled on meter_reading (settled_at);
