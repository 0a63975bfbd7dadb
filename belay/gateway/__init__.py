"""Between channels and use cases: receive, plan a turn with Rasa, commit, deliver.

`inbound` is what a channel hands over; `gateway` receives and works it in order; `rasa_client`
asks Rasa; `open_turns` is where actions find the turn they act in; `live` wakes those who wait
for replies; `buttons` signs and reads presses; `spool` keeps safety events while the database
is away; `rasa_process` and `model_build` look after the Rasa process and its model.
"""
