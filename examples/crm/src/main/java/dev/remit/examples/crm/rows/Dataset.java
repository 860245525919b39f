package dev.remit.examples.crm.rows;

import dev.remit.examples.crm.people.Population;
import java.util.List;
import java.util.stream.Stream;

/// All tables of the sample over one population. About 31 rows a customer.
public final class Dataset {
  private final Population population;

  public Dataset(Population population) {
    this.population = population;
  }

  /// In the order of loading.
  public List<Table> tables() {
    return Stream.of(
            PeopleRows.tables(population),
            OrderRows.tables(population),
            ConversationRows.tables(population),
            ActivityRows.tables(population))
        .flatMap(List::stream)
        .toList();
  }
}
