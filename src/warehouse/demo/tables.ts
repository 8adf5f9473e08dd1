import { quoteLiteral } from '../table-name.ts'
import { DISCONTINUED, PLANTS } from './plants.ts'
import { CITIES, COMPANIES, COMPANY_KINDS, FIRST_NAMES, LAST_NAMES } from './words.ts'

/** The store opened on the first day and the data ends on the last; nothing here reads a clock. */
const OPENED = "TIMESTAMP '2023-01-09 08:00:00'"
const ENDS = "TIMESTAMP '2025-09-30 22:00:00'"

export const USERS = 10_000
export const PURCHASES = 40_000
export const PAGE_VIEWS = 120_000
export const PLANT_VIEWS = 55_000
export const LOGINS = 25_000

const list = (items: readonly string[]) => `[${items.map(quoteLiteral).join(', ')}]`

/**
 * `rnd(i, salt)` is the same number from 0 to 1 on every machine and in every version, which DuckDB's own
 * hash is not: a multiplicative scramble, with MD5 for the salt alone. `pick` takes an element evenly,
 * `pick_early` mostly from the beginning.
 */
const MACROS = [
  `CREATE TEMP MACRO scramble(x) AS (xor(x, x >> 15) * 2246822519::UBIGINT) % 4294967296::UBIGINT`,
  `CREATE TEMP MACRO rnd(i, salt) AS scramble(scramble(((i::UBIGINT + 1) * 2654435761::UBIGINT
    + md5_number_lower(salt) % 4294967296::UBIGINT) % 4294967296::UBIGINT))::DOUBLE / 4294967296`,
  'CREATE TEMP MACRO pick(items, r) AS items[1 + floor(r * len(items))::INTEGER]',
  'CREATE TEMP MACRO pick_early(items, r) AS items[1 + floor(r * r * len(items))::INTEGER]',
  `CREATE TEMP MACRO some_user(i, salt) AS (100001 + (floor(pow(rnd(i, salt), 1.7) * ${USERS})::BIGINT * 7919) % ${USERS})`,
  // Between a moment and the end of the data, mostly in waking hours.
  `CREATE TEMP MACRO later(since, i, salt) AS greatest(since,
    date_trunc('day', since + to_seconds(epoch(${ENDS} - since) * rnd(i, salt || 'd')))
    + to_seconds(floor(23400 + 59400 * (rnd(i, salt || 'h') + rnd(i, salt || 'm')) / 2)::BIGINT))`,
  'CREATE TEMP MACRO event_id(i, salt) AS (CAST(md5(salt || i) AS UUID))',
]

const PLANT_TABLE = `
  CREATE TABLE PUBLIC.PLANTS AS
  SELECT regexp_replace(lower(strip_accents(name)), '[^a-z]+', '-', 'g') AS plant_id, name, family, light, water, catalog,
    price_cents, list_contains(${list(DISCONTINUED)}, name) AS discontinued,
    (DATE '2023-01-02' + (rnd(place, 'added') * 420)::INTEGER) AS added_on
  FROM (VALUES ${PLANTS.map(([name, family, light, water, catalog, price], place) => `(${place}, ${[name, family, light, water, catalog].map(quoteLiteral).join(', ')}, ${price})`).join(', ')})
    AS p(place, name, family, light, water, catalog, price_cents)
  ORDER BY place`

/** People sign up ever faster. Those of a household come one after the other and mostly share a surname. */
const PEOPLE = `
  CREATE TEMP TABLE people AS
  WITH numbered AS (
    SELECT i, 50001 + floor(0.61 * (i + 3 * rnd(i, 'household')))::BIGINT AS household_id,
      date_trunc('second', ${OPENED} + to_seconds(epoch(${ENDS} - ${OPENED}) * pow((i + rnd(i, 'joined')) / ${USERS + 1}, 0.6))) AS created_at
    FROM range(${USERS}) AS n(i)
  ), named AS (
    SELECT *, pick(${list(FIRST_NAMES)}, rnd(i, 'first')) AS first_name,
      pick(${list(LAST_NAMES)}, rnd(if(rnd(i, 'own name') < 0.85, household_id, i), 'last')) AS last_name,
      pick_early(${`[${CITIES.map(([city, country]) => `{city: ${quoteLiteral(city)}, country: ${quoteLiteral(country)}}`).join(', ')}]`}, rnd(household_id, 'city')) AS home
    FROM numbered
  )
  SELECT *, 100001 + i AS user_id,
    regexp_replace(lower(strip_accents(replace(first_name || '.' || last_name, 'ø', 'o'))), '[^a-z.]', '', 'g') AS mailbox
  FROM named`

const PURCHASE_TABLE = `
  CREATE TABLE PUBLIC.PURCHASES AS
  WITH drawn AS (
    SELECT i, some_user(i, 'buyer') AS user_id, floor(pow(rnd(i, 'plant'), 1.8) * ${PLANTS.length})::INTEGER AS place,
      CASE WHEN rnd(i, 'quantity') < 0.74 THEN 1 WHEN rnd(i, 'quantity') < 0.93 THEN 2 ELSE 3 END AS quantity
    FROM range(${PURCHASES}) AS n(i)
  ), dated AS (
    SELECT d.*, later(p.created_at, d.i, 'bought') AS purchased_at FROM drawn d JOIN people p USING (user_id)
  ), plants AS (SELECT *, row_number() OVER () - 1 AS place FROM PUBLIC.PLANTS)
  SELECT 700000 + row_number() OVER (ORDER BY d.purchased_at, i) AS purchase_id, d.user_id, p.plant_id, d.quantity,
    p.price_cents AS unit_price_cents, d.quantity * p.price_cents AS total_cents,
    pick_early(['web', 'app', 'store'], rnd(i, 'channel')) AS channel,
    CASE WHEN rnd(i, 'status') < 0.9 THEN 'delivered' WHEN rnd(i, 'status') < 0.96 THEN 'returned' ELSE 'cancelled' END AS status,
    d.purchased_at
  FROM dated d JOIN plants p ON p.place = d.place
  ORDER BY purchase_id`

const USER_TABLE = `
  CREATE TABLE PUBLIC.USERS AS
  SELECT user_id,
    CASE WHEN rnd(i, 'no mail') < 0.02 THEN NULL
      ELSE mailbox || CASE WHEN row_number() OVER (PARTITION BY mailbox ORDER BY i) = 1 THEN ''
        ELSE (row_number() OVER (PARTITION BY mailbox ORDER BY i))::VARCHAR END
        || pick_early(['@example.com', '@example.org', '@example.net'], rnd(i, 'mail')) END AS email,
    first_name || ' ' || replace(last_name, 'Van-Dijk', 'van Dijk') AS full_name,
    CASE WHEN rnd(i, 'no favourite') < 0.15 THEN NULL ELSE (
      pick_early(['Araceae', 'Lamiaceae', 'Asparagaceae', 'Cactaceae', 'Moraceae', 'Orchidaceae', 'Arecaceae', 'Marantaceae'], rnd(i, 'favourite'))
    ) END AS favourite_family,
    rnd(i, 'opt in') < 0.62 AS email_opt_in, rnd(i, 'bounced') < 0.03 AS bounced,
    household_id, home.city AS city, home.country AS country, created_at, bought.last_purchase_at,
    coalesce(bought.orders, 0)::INTEGER AS orders, coalesce(bought.spent_cents, 0)::BIGINT AS spent_cents
  FROM people LEFT JOIN (
    SELECT user_id, max(purchased_at) AS last_purchase_at, count(*) AS orders, sum(total_cents) AS spent_cents
    FROM PUBLIC.PURCHASES WHERE status <> 'cancelled' GROUP BY user_id
  ) AS bought USING (user_id)
  ORDER BY user_id`

const SUBSCRIPTION_TABLE = `
  CREATE TABLE PUBLIC.SUBSCRIPTIONS AS
  WITH drawn AS (
    SELECT user_id, later(created_at, i, 'subscribed') AS started_at,
      pick_early([{plan: 'Sprout', cents: 1490}, {plan: 'Leaf', cents: 2490}, {plan: 'Jungle', cents: 3990}], rnd(i, 'plan')) AS box,
      CASE WHEN rnd(i, 'state') < 0.68 THEN 'active' WHEN rnd(i, 'state') < 0.8 THEN 'paused' ELSE 'cancelled' END AS status, i
    FROM people WHERE rnd(i, 'subscribes') < 0.26
  )
  SELECT 30000 + row_number() OVER (ORDER BY started_at, i) AS subscription_id, user_id AS subscriber_id, box.plan AS plan,
    (box.cents / 100)::DECIMAL(8,2) AS monthly_price, status, started_at::DATE AS started_on,
    CASE WHEN status = 'cancelled' THEN later(started_at, i, 'left')::DATE END AS cancelled_on,
    CASE WHEN status = 'active' THEN DATE '2025-10-01' + (rnd(i, 'next') * 30)::INTEGER END AS next_box_on
  FROM drawn ORDER BY subscription_id`

const CUSTOMER_TABLE = `
  CREATE TABLE PUBLIC.CUSTOMERS AS
  SELECT 'C-' || (1001 + i) AS customer_id, name, lower(replace(name, ' ', '-')) || '.example' AS domain,
    pick_early(['small', 'medium', 'large'], rnd(i, 'size')) AS size, (rnd(i, 'offices') * 12)::INTEGER + 1 AS offices,
    DATE '2023-02-01' + (rnd(i, 'since') * 900)::INTEGER AS customer_since
  FROM (SELECT i, pick(${list(COMPANIES)}, (i % ${COMPANIES.length}) / ${COMPANIES.length}.0) || ' '
    || pick(${list(COMPANY_KINDS)}, floor(i / ${COMPANIES.length}) / ${COMPANY_KINDS.length}.0) AS name
    FROM range(${COMPANIES.length * COMPANY_KINDS.length}) AS n(i))
  ORDER BY i`

const PAGE_VIEWED_TABLE = `
  CREATE TABLE EVENTS.PAGE_VIEWED AS
  SELECT event_id(i, 'page') AS event_id, user_id, occurred_at,
    pick_early(['/', '/plants', '/plants/indoor', '/plants/outdoor', '/care', '/basket', '/boxes', '/journal/repotting', '/journal/light', '/stores', '/account', '/help/returns'], rnd(i, 'path')) AS path,
    pick_early([NULL, 'https://search.example/', 'newsletter', 'https://social.example/', 'https://plants.example/blog'], rnd(i, 'referrer')) AS referrer,
    pick_early(['mobile', 'desktop', 'tablet'], rnd(i, 'device')) AS device
  FROM (SELECT n.i, p.user_id, later(p.created_at, n.i, 'viewed') AS occurred_at
    FROM (SELECT i, some_user(i, 'viewer') AS user_id FROM range(${PAGE_VIEWS}) AS r(i)) AS n JOIN people p USING (user_id))
  ORDER BY occurred_at, i`

const PLANT_VIEWED_TABLE = `
  CREATE TABLE EVENTS.PLANT_VIEWED AS
  WITH drawn AS MATERIALIZED (
    SELECT i, some_user(i, 'looker') AS user_id, floor(pow(rnd(i, 'seen'), 1.6) * ${PLANTS.length})::BIGINT AS place
    FROM range(${PLANT_VIEWS}) AS n(i)
  ), dated AS MATERIALIZED (
    SELECT d.i, d.user_id, d.place, later(p.created_at, d.i, 'looked') AS occurred_at FROM drawn d JOIN people p USING (user_id)
  ), plants AS MATERIALIZED (SELECT *, row_number() OVER () - 1 AS place FROM PUBLIC.PLANTS)
  SELECT event_id(i, 'plant') AS event_id, user_id, plant_id, catalog, (price_cents / 100)::DECIMAL(8,2) AS price,
    (2 + 90 * pow(rnd(i, 'seconds'), 3))::INTEGER AS seconds_on_screen, occurred_at
  FROM dated JOIN plants USING (place)
  ORDER BY occurred_at, i`

const LOGGED_IN_TABLE = `
  CREATE TABLE EVENTS.LOGGED_IN AS
  SELECT USER_ID, TS, METHOD, DEVICE FROM (
    SELECT n.i, p.user_id AS "USER_ID", later(p.created_at, n.i, 'login') AS "TS",
      pick_early(['password', 'magic link', 'passkey'], rnd(n.i, 'method')) AS "METHOD",
      pick_early(['mobile', 'desktop', 'tablet'], rnd(n.i, 'where')) AS "DEVICE"
    FROM (SELECT i, some_user(i, 'login') AS user_id FROM range(${LOGINS}) AS r(i)) AS n JOIN people p USING (user_id))
  ORDER BY "TS", i`

/** In order: later tables read earlier ones. */
export const STATEMENTS: readonly string[] = [
  'CREATE SCHEMA PUBLIC',
  'CREATE SCHEMA EVENTS',
  ...MACROS,
  PLANT_TABLE,
  PEOPLE,
  PURCHASE_TABLE,
  USER_TABLE,
  SUBSCRIPTION_TABLE,
  CUSTOMER_TABLE,
  PAGE_VIEWED_TABLE,
  PLANT_VIEWED_TABLE,
  LOGGED_IN_TABLE,
]
