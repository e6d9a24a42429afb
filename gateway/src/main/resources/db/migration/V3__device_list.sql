-- What a customer reads in the list of devices. The version of the gateway before this one goes on making devices without.

-- As the app called it, if it did.
alter table device add column name varchar(60);
-- ANDROID or IOS.
alter table device add column platform varchar(10);
alter table device add column os_version varchar(32);
alter table device add column app_version varchar(32);
-- When it last signed in or refreshed.
alter table device add column last_seen_at timestamp with time zone;
