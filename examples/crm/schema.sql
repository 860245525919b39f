-- The sample CRM: types, tables and their comments. Foreign keys, indexes and the view follow in
-- keys.sql, after the rows, so that loading does not check them row by row.

create extension if not exists citext;

create type loyalty_tier as enum ('none', 'silver', 'gold', 'platinum');
create type order_status as enum ('placed', 'paid', 'shipped', 'returned', 'cancelled');

create table brands (
  brand_id smallint primary key,
  name text not null
);
comment on table brands is 'The brands that share this CRM; customer numbers are per brand';

create table products (
  product_id integer primary key,
  name text not null,
  price numeric(10, 2) not null
);
comment on table products is 'What is sold; holds nobody''s data';

create table accounts (
  account_id bigint primary key,
  name text not null,
  domain citext,
  primary_contact_id bigint,
  region text not null check (region in ('EU', 'US')),
  created_at timestamptz not null
);
comment on table accounts is 'Households and companies that customers belong to';
comment on column accounts.primary_contact_id is 'Whom to call first; contacts.account_id points back';
comment on column accounts.domain is 'Internet domain of the company, any spelling';

create table customers (
  brand_id smallint not null,
  customer_id bigint not null,
  account_id bigint not null,
  given_name text not null,
  family_name text not null,
  full_name text generated always as (given_name || ' ' || family_name) stored,
  email text not null,
  phone varchar(32),
  birth_date date,
  national_id varchar(20),
  street text,
  postal_code varchar(12),
  city text,
  country char(2) not null,
  region text not null check (region in ('EU', 'US')),
  iban varchar(34),
  tier loyalty_tier not null,
  vip boolean not null,
  interests text[] not null,
  preferences jsonb not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  primary key (brand_id, customer_id)
);
comment on table customers is 'One row per person and brand; the key is both numbers together';
comment on column customers.email is 'E-mail address as typed at sign-up';
comment on column customers.phone is 'Phone number in international or national form';
comment on column customers.birth_date is 'Date of birth; some customers are minors';
comment on column customers.national_id is 'Social security number, US residents only';
comment on column customers.street is 'Street and house number; households share one';
comment on column customers.region is 'Where the person resides and the row has to stay: EU or US';
comment on column customers.iban is 'Bank account for refunds';
comment on column customers.vip is 'Person in the public eye: handled by named agents only';
comment on column customers.preferences is 'Settings of the self-service pages';

create table contacts (
  contact_id bigint primary key,
  account_id bigint not null,
  brand_id smallint,
  customer_id bigint,
  given_name text not null,
  family_name text not null,
  email text,
  phone varchar(32),
  job_title text,
  merged_into_id bigint,
  region text not null check (region in ('EU', 'US')),
  created_at timestamptz not null
);
comment on table contacts is 'People as the sales team knows them, duplicates included';
comment on column contacts.customer_id is 'With brand_id: the customer this contact is, if any';
comment on column contacts.merged_into_id is 'The contact this one turned out to be a duplicate of';

create table consents_imported (
  consent_id bigint primary key,
  brand_id smallint not null,
  customer_id bigint not null,
  purpose text not null,
  channel text not null,
  granted boolean not null,
  recorded_at timestamptz not null,
  imported_from text not null,
  region text not null check (region in ('EU', 'US'))
);
comment on table consents_imported is 'Choices as the previous system exported them, unverified';

create table orders (
  order_id bigint primary key,
  brand_id smallint not null,
  customer_id bigint not null,
  status order_status not null,
  currency char(3) not null,
  total numeric(12, 2) not null,
  ship_to text,
  region text not null check (region in ('EU', 'US')),
  ordered_at timestamptz not null
);
comment on table orders is 'What customers bought';
comment on column orders.ship_to is 'Delivery address in one line, where it is not the customer''s own';

create table order_items (
  order_id bigint not null,
  line_number smallint not null,
  product_id integer not null,
  quantity integer not null,
  unit_price numeric(10, 2) not null,
  region text not null check (region in ('EU', 'US')),
  primary key (order_id, line_number)
);
comment on table order_items is 'The lines of an order';

create table payments (
  payment_id bigint primary key,
  order_id bigint not null,
  method text not null,
  amount numeric(12, 2) not null,
  card_number varchar(19),
  iban varchar(34),
  payer_name text not null,
  region text not null check (region in ('EU', 'US')),
  paid_at timestamptz not null
);
comment on table payments is 'How orders were paid';
comment on column payments.card_number is 'Card number, test range only';
comment on column payments.payer_name is 'Name on the card or bank account';

create table tickets (
  ticket_id bigint primary key,
  contact_id bigint not null,
  subject text not null,
  body text not null,
  reporter_email text,
  open boolean not null,
  region text not null check (region in ('EU', 'US')),
  opened_at timestamptz not null
);
comment on table tickets is 'Questions and complaints';
comment on column tickets.body is 'Free text as the customer wrote it, with people''s data inside';

create table notes (
  note_id bigint primary key,
  contact_id bigint not null,
  author text not null,
  body text not null,
  region text not null check (region in ('EU', 'US')),
  created_at timestamptz not null
);
comment on table notes is 'What employees wrote down about a contact';
comment on column notes.body is 'Free text with people''s data inside, third persons'' too';

create table product_usage (
  usage_id bigint primary key,
  brand_id smallint not null,
  customer_id bigint not null,
  product_id integer not null,
  device_id uuid not null,
  ip_address inet not null,
  seconds integer not null,
  region text not null check (region in ('EU', 'US')),
  used_at timestamptz not null
);
comment on table product_usage is 'Sessions in the products, by customer and device';

create table email_events (
  event_id bigint not null,
  occurred_at timestamptz not null,
  brand_id smallint not null,
  customer_id bigint not null,
  recipient text not null,
  campaign text not null,
  kind text not null check (kind in ('sent', 'opened', 'clicked', 'bounced', 'unsubscribed')),
  ip_address inet,
  user_agent text,
  region text not null check (region in ('EU', 'US')),
  primary key (event_id, occurred_at)
) partition by range (occurred_at);
comment on table email_events is 'What the mail provider reports, by month; not checked against customers';
comment on column email_events.recipient is 'Address the mail went to, in whatever spelling';

create table email_events_2026_07 partition of email_events for values from ('2026-07-01Z') to ('2026-08-01Z');
create table email_events_2026_08 partition of email_events for values from ('2026-08-01Z') to ('2026-09-01Z');
create table email_events_2026_09 partition of email_events for values from ('2026-09-01Z') to ('2026-10-01Z');
create table email_events_2026_10 partition of email_events for values from ('2026-10-01Z') to ('2026-11-01Z');
create table email_events_other partition of email_events default;
