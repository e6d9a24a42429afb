-- What removes old sessions asks for those whose owner showed long ago who they are; and for devices whose consent
-- the provider confirmed long ago.
create index app_session_authenticated on app_session (authenticated_at);
create index device_confirmed on device (provider_confirmed_at);
