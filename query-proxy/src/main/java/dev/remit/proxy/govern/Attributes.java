package dev.remit.proxy.govern;

import dev.remit.platform.error.ErrorCode;
import dev.remit.proxy.refusal.Refusal;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.proxy.spelling.Ages;
import org.apache.calcite.sql.SqlNode;

/// The names that may follow a dot: `(value).name`, and `item.name` where the item's columns are
/// not known.
///
/// PostgreSQL reads `x.f` as the call `f(x)` when x has no field f (documentation 8.16.5,
/// `ParseFuncOrColumn`), so `('select …'::text).ts_stat` would run any text as SQL. A name that
/// could be a call has to be on the allow lists of functions or types; any other can be a field
/// only, since the source's search path is `pg_catalog`.
public final class Attributes {
  private final AllowLists lists;
  private final SourceFacts facts;

  public Attributes(AllowLists lists, SourceFacts facts) {
    this.lists = lists;
    this.facts = facts;
  }

  /// Whether the name cannot call what statements may not call, or may call in another form only.
  public boolean isHarmless(String name) {
    boolean free = lists.isFree(name) && !name.equals(Ages.NAME);
    return !facts.isAttributeCall(name) || free || lists.isType(name);
  }

  void require(SqlNode at, String name) {
    if (!isHarmless(name)) {
      throw Refusal.at(at, ErrorCode.UNKNOWN_COLUMN, "column \"" + name + "\" does not exist");
    }
  }
}
