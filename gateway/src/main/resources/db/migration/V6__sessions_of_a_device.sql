-- Lists of devices, and consents that nothing needs any more, ask for the sessions on a device.
create index app_session_device on app_session (device_id);
