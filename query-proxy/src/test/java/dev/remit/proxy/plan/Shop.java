package dev.remit.proxy.plan;

import dev.remit.policy.model.PolicyValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The database of these tests, and two sets of rules over it.
final class Shop {
  static final PolicyValue EU = new PolicyValue("text", "EU");
  static final PolicyValue SALT = new PolicyValue("text", "pepper");

  private Shop() {}

  static GovernedDatabase create() {
    return new GovernedDatabase(
        text("shop.sql"), Map.of("public.customers", List.of("id"), "public.orders", List.of()));
  }

  /// Everything visible, nothing masked.
  static GovernedDatabase open() {
    GovernedDatabase shop = create();
    for (String table :
        List.of(
            "public.customers",
            "public.orders",
            "public.Order Items",
            "public.secrets",
            "public.eu_customers",
            "public.salaries",
            "public.events",
            "public.events_2025",
            "public.events_2026",
            "other.customers")) {
      shop.rules.allow(table);
    }
    return shop;
  }

  /// E-mail and salary masked, EU rows only, ssn hidden; orders clear; secrets denied.
  static GovernedDatabase governed() {
    GovernedDatabase shop = create();
    shop.rules
        .allow("public.customers")
        .hide("ssn")
        .personal("name", "email", "phone")
        .mask(
            "email",
            "CAST(pg_catalog.md5(CAST($1 AS pg_catalog.text) || email) AS pg_catalog.text)",
            SALT)
        .mask("salary", "CAST(NULL AS pg_catalog.int4)")
        .filter("region = CAST($1 AS pg_catalog.text)", EU);
    shop.rules.allow("public.orders").personal("comment");
    shop.rules.allow("public.Order Items");
    shop.rules.allow("public.eu_customers");
    shop.rules.allow("public.salaries");
    shop.rules
        .allow("public.events")
        .mask("kind", "CAST('k' AS pg_catalog.text)")
        .filter("customer_id < CAST($1 AS pg_catalog.int4)", new PolicyValue("int4", "40"));
    return shop;
  }

  static String text(String name) {
    try (InputStream file = Objects.requireNonNull(Shop.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
