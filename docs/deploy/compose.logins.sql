-- For compose.yaml, after sql/roles.sql: the site's login, which may do what sql/grants.sql says and no more.
\getenv password SITE_PASSWORD
create role site login password :'password' in role openagentsessions_site;
