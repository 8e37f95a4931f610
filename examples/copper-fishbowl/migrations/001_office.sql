-- The back office: customers, their orders, what a sale earns whom, and the figures that sales people see in Copper.
create schema if not exists office;

create table office.fishbowl_customers (
  id             bigint generated always as identity primary key,
  fishbowl_id    bigint unique,          -- blank until the customer is in Fishbowl
  copper_id      bigint unique,          -- blank where nobody in Copper knows the customer
  account_number text,                   -- Fishbowl's number, which Copper calls the order ID
  name           text not null,
  name_key       text,                   -- the name without case, signs and legal form, to find it by
  email          text,
  account_type   text check (account_type in ('Retail', 'Wholesale', 'Distributor')),
  sales_rep      text                    -- the rep's mail address, which Copper and Fishbowl both know
);
create index on office.fishbowl_customers (account_number);
create index on office.fishbowl_customers (name_key);

create table office.fishbowl_orders (
  id          bigint primary key,        -- Fishbowl's
  number      text not null unique,
  customer_id bigint not null references office.fishbowl_customers,
  status      text not null,
  total       numeric(12, 2) not null,   -- without tax
  ordered_at  timestamptz not null
);
create index on office.fishbowl_orders (customer_id);

create table office.commission_rates (
  account_type text primary key,         -- or `default`, which no order should need
  rate         numeric(5, 4) not null
);
insert into office.commission_rates values ('Retail', 0.08), ('Wholesale', 0.05), ('Distributor', 0.03), ('default', 0.01);

-- Estimates are no sales yet, and what was called off is none any more.
create view office.sales as
  select * from office.fishbowl_orders where status in ('Issued', 'In Progress', 'Fulfilled', 'Closed Short', 'Historical');

-- What each sale earns its rep. `is_default` marks the ones whose customer has no account type, or one without a rate.
create view office.commissions as
  select s.id, s.number, c.id as customer_id, c.name as customer, c.sales_rep, c.account_type, s.total,
         coalesce(r.rate, d.rate) as rate, r.rate is null as is_default,
         round(s.total * coalesce(r.rate, d.rate), 2) as commission
  from office.sales s
  join office.fishbowl_customers c on c.id = s.customer_id
  left join office.commission_rates r on r.account_type = c.account_type
  cross join (select rate from office.commission_rates where account_type = 'default') d;

-- Copper's custom fields as they were when they were first read, and as they are now. To accept a change:
-- update office.copper_fields set name = name_now, data_type = data_type_now, options = options_now;
create table office.copper_fields (
  id            bigint primary key,
  name          text not null,
  data_type     text not null,
  options       jsonb,
  name_now      text not null,
  data_type_now text not null,
  options_now   jsonb,
  deleted       boolean not null default false
);

-- The fields that figures are written to, where Copper has changed them: "field Total sales, changed type, was Currency, is_now Date".
create view office.changed_fields as
  select id, name as field,
         case when deleted then 'altogether' when name_now <> name then 'name' when data_type_now <> data_type then 'type' else 'choices' end as changed,
         case when deleted or name_now <> name then name when data_type_now <> data_type then data_type
              else (select string_agg(option->>'name', ', ') from jsonb_array_elements(options) option) end as was,
         case when deleted then 'deleted' when name_now <> name then name_now when data_type_now <> data_type then data_type_now
              else (select string_agg(option->>'name', ', ') from jsonb_array_elements(options_now) option) end as is_now
  from office.copper_fields
  where name in ('Orders', 'Total sales', 'Average order', 'Last order', 'Sales 2024', 'Sales 2025', 'Sales 2026', 'Sales tier')
    and (deleted or name_now <> name or data_type_now <> data_type or options_now is distinct from options);

-- One row for each company in Copper that has bought something. Who never bought has no row: Copper is told no zeros.
-- And no row at all while a field in Copper is not what it was: a figure in the wrong field is worse than an old one.
create view office.copper_sales_metrics as
  select c.copper_id, min(c.name) as name,
         count(*)::int as orders,
         sum(s.total) as total,
         round(avg(s.total), 2) as average,
         (max(s.ordered_at) at time zone 'America/Denver')::date as last_order,
         coalesce(sum(s.total) filter (where extract(year from s.ordered_at at time zone 'America/Denver') = 2024), 0) as total_2024,
         coalesce(sum(s.total) filter (where extract(year from s.ordered_at at time zone 'America/Denver') = 2025), 0) as total_2025,
         coalesce(sum(s.total) filter (where extract(year from s.ordered_at at time zone 'America/Denver') = 2026), 0) as total_2026,
         case when sum(s.total) >= 20000 then 'gold' when sum(s.total) >= 5000 then 'silver' else 'bronze' end as tier
  from office.fishbowl_customers c
  join office.sales s on s.customer_id = c.id
  where c.copper_id is not null and not exists (select from office.changed_fields)
  group by c.copper_id;
