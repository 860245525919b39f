package dev.remit.proxy.resolve;

import dev.remit.catalog.model.Relation;
import dev.remit.policy.model.TableDecision;
import dev.remit.proxy.systemcatalog.SystemRelation;
import java.util.List;

/// A relation as one principal sees it for one purpose.
public sealed interface VisibleRelation {

  /// In the order in which `*` lists them.
  List<VisibleColumn> columns();

  String schema();

  String name();

  /// The name by which conditions inside its governed query could refer to it.
  default String nameInside() {
    return name();
  }

  /// A table of the source. `parents` are the decisions on the tables it is a partition or child
  /// of, nearest first: they hold for it too, and are already merged into `decision`.
  record Base(Relation relation, TableDecision.Allow decision, List<VisibleColumn> columns)
      implements VisibleRelation {
    public Base {
      columns = List.copyOf(columns);
    }

    @Override
    public String schema() {
      return relation.schema();
    }

    @Override
    public String name() {
      return relation.name();
    }
  }

  /// A view, of which only the definition is used: its own decision holds over the governed result
  /// of it.
  record View(Relation relation, TableDecision.Allow decision, List<VisibleColumn> columns)
      implements VisibleRelation {
    public View {
      columns = List.copyOf(columns);
    }

    @Override
    public String schema() {
      return relation.schema();
    }

    @Override
    public String name() {
      return relation.name();
    }
  }

  /// A relation of `pg_catalog` or `information_schema`.
  record OfSystem(SystemRelation relation, List<VisibleColumn> columns) implements VisibleRelation {
    public OfSystem {
      columns = List.copyOf(columns);
    }

    @Override
    public String schema() {
      return relation.schema();
    }

    @Override
    public String name() {
      return relation.name();
    }

    @Override
    public String nameInside() {
      return relation.alias();
    }
  }
}
