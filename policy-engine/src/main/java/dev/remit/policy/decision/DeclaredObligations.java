package dev.remit.policy.decision;

import static dev.remit.policy.expression.SqlBuilder.binary;
import static dev.remit.policy.expression.SqlBuilder.call;
import static dev.remit.policy.expression.SqlBuilder.cast;
import static dev.remit.policy.expression.SqlBuilder.quote;
import static dev.remit.policy.expression.SqlBuilder.systemType;

import dev.remit.catalog.model.Column;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.TableDeclaration.Residency;
import dev.remit.catalog.model.TableDeclaration.Retention;
import dev.remit.policy.expression.ColumnText;
import dev.remit.policy.expression.SqlBuilder;
import dev.remit.policy.expression.TypeClass;
import dev.remit.policy.model.Principal;
import dev.remit.policy.model.SqlExpression;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// The row filters that follow from what is declared of a table: residency and retention. A
/// declaration that cannot be applied is an `IllegalArgumentException`, which denies the table.
final class DeclaredObligations {
  /// Attributes of a principal that residency goes by.
  static final List<String> REGION_ATTRIBUTES = List.of("region", "regions");

  private DeclaredObligations() {}

  /// Rows whose region is one of the principal's: attribute `region`, or `regions` separated by
  /// commas. Without either: no row.
  static SqlExpression residency(
      SqlBuilder builder, Residency residency, Relation relation, Principal principal) {
    String column = ColumnText.asText(column(relation, residency.column()));
    Set<String> regions = regions(principal);
    if (regions.isEmpty()) {
      return builder.expression("FALSE");
    }
    return builder.expression(
        regions.stream()
            .map(region -> binary(column, "=", builder.value("text", region)))
            .collect(Collectors.joining(" OR ", "(", ")")));
  }

  static Set<String> regions(Principal principal) {
    Set<String> regions = new LinkedHashSet<>();
    for (String key : REGION_ATTRIBUTES) {
      Arrays.stream(principal.attributes().getOrDefault(key, "").split(","))
          .map(String::strip)
          .filter(region -> !region.isEmpty())
          .forEach(regions::add);
    }
    return regions;
  }

  /// Rows younger than the period, by the clock of the declared zone at the moment the statement
  /// runs, so that a cached decision does not age. A row without a date has no age that allows it.
  static SqlExpression retention(SqlBuilder builder, Retention retention, Relation relation) {
    Column column = column(relation, retention.column());
    String name = quote(column.name());
    String zone = builder.value("text", retention.zone().getId());
    String keep = builder.value("interval", retention.keep().toString());
    String oldest = binary(call("timezone", zone, call("now")), "-", keep);
    return builder.expression(
        switch (TypeClass.of(column.type())) {
          case DATE -> binary(name, ">", cast(oldest, systemType("date")));
          case TIMESTAMP -> binary(name, ">", oldest);
          case TIMESTAMPTZ -> binary(name, ">", call("timezone", zone, oldest));
          default ->
              throw new IllegalArgumentException(
                  "retention goes by " + column.name() + ", which is no date or timestamp");
        });
  }

  private static Column column(Relation relation, String name) {
    return relation
        .column(name)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "the declaration of "
                    + relation.qualifiedName()
                    + " names the column '"
                    + name
                    + "', which it does not have"));
  }
}
