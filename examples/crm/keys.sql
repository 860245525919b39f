-- The sample CRM: foreign keys, indexes and the view, after the rows are in.

alter table accounts add foreign key (primary_contact_id) references contacts (contact_id) deferrable;
create index on accounts (primary_contact_id);

alter table customers add foreign key (brand_id) references brands;
create index on customers (account_id);
create index on customers (email);

alter table contacts add foreign key (merged_into_id) references contacts (contact_id);
create index on contacts (account_id);
create index on contacts (brand_id, customer_id);
create index on contacts (merged_into_id);

create index on consents_imported (brand_id, customer_id);
create index on orders (brand_id, customer_id);
create index on payments (order_id);
create index on tickets (contact_id);
create index on notes (contact_id);
create index on product_usage (brand_id, customer_id);
create index on email_events (brand_id, customer_id);

alter table customers add foreign key (account_id) references accounts;
alter table contacts add foreign key (account_id) references accounts;
alter table contacts add foreign key (brand_id, customer_id) references customers;
alter table consents_imported add foreign key (brand_id, customer_id) references customers;
alter table orders add foreign key (brand_id, customer_id) references customers;
alter table order_items add foreign key (order_id) references orders;
alter table order_items add foreign key (product_id) references products;
alter table payments add foreign key (order_id) references orders;
alter table notes add foreign key (contact_id) references contacts;
alter table product_usage add foreign key (brand_id, customer_id) references customers;
alter table product_usage add foreign key (product_id) references products;

-- One ticket names a contact that no longer exists, so the key was never validated.
alter table tickets add foreign key (contact_id) references contacts not valid;

create view customer_orders as
  select brand_id, customer_id, c.full_name, c.email, c.country, c.region,
    o.order_id, o.status, o.total, o.ordered_at
  from customers c
  join orders o using (brand_id, customer_id);
comment on view customer_orders is 'Orders beside the person who placed them';
