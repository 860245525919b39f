package dev.remit.sql.parser;

import dev.remit.sql.model.expression.WindowDefinition;
import dev.remit.sql.model.expression.WindowDefinition.Bound;
import dev.remit.sql.model.expression.WindowDefinition.Exclusion;
import dev.remit.sql.model.expression.WindowDefinition.Frame;
import dev.remit.sql.model.expression.WindowDefinition.Units;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// A window frame while it is being read.
final class Frames {
  private final Units units;
  private final List<Bound> bounds = new ArrayList<>();
  private final List<@Nullable SqlNode> offsets = new ArrayList<>();
  private Exclusion exclusion = Exclusion.UNSAID;
  private boolean twoWords;

  Frames(Token unit) {
    units = Units.valueOf(Words.text(unit).toUpperCase(Locale.ROOT));
  }

  static boolean isUnit(Token token) {
    return Words.is(token, "range") || Words.is(token, "rows") || Words.is(token, "groups");
  }

  /// Whether a window's clauses begin here, rather than the name of a base window.
  static boolean startsWindowClause(Token first, Token second) {
    return isUnit(first) || (Words.is(first, "partition") && Words.is(second, "by"));
  }

  /// @param offset null for UNBOUNDED and CURRENT ROW
  void add(Token first, Token second, @Nullable SqlNode offset) {
    boolean preceding = Words.is(second, "preceding");
    if (offset == null && Words.is(first, "current")) {
      bounds.add(Bound.CURRENT_ROW);
    } else if (!preceding && !Words.is(second, "following")) {
      throw Words.syntaxError(second);
    } else if (offset == null) {
      bounds.add(preceding ? Bound.UNBOUNDED_PRECEDING : Bound.UNBOUNDED_FOLLOWING);
    } else {
      bounds.add(preceding ? Bound.PRECEDING : Bound.FOLLOWING);
    }
    offsets.add(offset);
  }

  void exclude(Token first, Token second) {
    twoWords = true;
    if (Words.is(first, "current") && Words.is(second, "row")) {
      exclusion = Exclusion.CURRENT_ROW;
    } else if (Words.is(first, "no") && Words.is(second, "others")) {
      exclusion = Exclusion.NO_OTHERS;
    } else if (Words.is(first, "group")) {
      exclusion = Exclusion.GROUP;
      twoWords = false;
    } else if (Words.is(first, "ties")) {
      exclusion = Exclusion.TIES;
      twoWords = false;
    } else {
      throw Words.syntaxError(first);
    }
  }

  boolean excludesTwoWords() {
    return twoWords;
  }

  static WindowDefinition window(
      SqlParserPos position,
      String base,
      @Nullable SqlNodeList partition,
      @Nullable SqlNodeList order,
      @Nullable Frames frame) {
    if (frame == null) {
      return new WindowDefinition(position, "", base, partition, order, null, null, null);
    }
    Bound end = frame.bounds.size() > 1 ? frame.bounds.get(1) : null;
    return new WindowDefinition(
        position,
        "",
        base,
        partition,
        order,
        new Frame(frame.units, frame.bounds.getFirst(), end, frame.exclusion),
        frame.offsets.getFirst(),
        frame.offsets.size() > 1 ? frame.offsets.get(1) : null);
  }
}
