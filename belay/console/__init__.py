"""The coaches' web console: server-rendered pages, one module a page.

A request meets, in this order: `headers` (what every answer carries), the routes in `app`,
`admission` (who may come in; form, origin and CSRF token of each POST), then its page:
`queue`, `transcript`, `safety`, `about`, `sign_in`, `join`. Pages are plain functions from a
`Desk` (the services, injected) and a `Visit` (what came in) to a response. Whatever goes
wrong is raised as a `Problem` and becomes a page in one place.

Pages read through `belay.storage.review`, which is where the clients' consents are enforced.
"""
