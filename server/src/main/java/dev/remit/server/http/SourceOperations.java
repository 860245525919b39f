package dev.remit.server.http;

import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.CatalogChanges;
import dev.remit.catalog.model.Source;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.platform.http.HttpAnswer;
import dev.remit.platform.http.HttpCall;
import io.vertx.core.http.HttpMethod;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// `/sources`: registering, scanning and forgetting databases.
public final class SourceOperations {
  private final Catalog catalog;

  public SourceOperations(Catalog catalog) {
    this.catalog = catalog;
  }

  public List<Operation> operations() {
    return List.of(
        new Operation(
            "listSources",
            HttpMethod.GET,
            "/sources",
            Operation.OPERATOR_OR_OFFICER,
            call -> list()),
        new Operation("addSource", HttpMethod.POST, "/sources", Operation.OPERATOR_ONLY, this::add),
        new Operation(
            "scanSource",
            HttpMethod.POST,
            "/sources/{source}/scans",
            Operation.OPERATOR_ONLY,
            this::scan),
        new Operation(
            "removeSource",
            HttpMethod.DELETE,
            "/sources/{source}",
            Operation.OPERATOR_ONLY,
            this::remove));
  }

  /// @param url `postgresql://user@host:port/database?sslmode=…`, without the password
  /// @param password of that role; kept sealed, shown nowhere
  record AddRequest(String name, String url, String password) {
    @Override
    public String toString() {
      return name + " at " + url;
    }
  }

  /// A source as it is listed.
  record Listed(String name, Source.State state, int tables) {}

  /// What a scan found, one line per difference.
  record ScanAnswer(String source, int tables, List<String> changes, List<String> problems) {}

  private HttpAnswer list() {
    return HttpAnswer.json(
        Map.of(
            "sources",
            catalog.snapshot().sources().values().stream()
                .sorted(Comparator.comparing(Source::name))
                .map(source ->
                    new Listed(source.name().value(), source.state(), source.relations().size()))
                .toList()));
  }

  private HttpAnswer add(HttpCall<Caller> call) {
    AddRequest request = call.read(AddRequest.class);
    SourceName name = sourceName(request.name());
    catalog.addSource(name, request.url(), request.password(), call.caller().author());
    return HttpAnswer.created(scanned(name, call));
  }

  private HttpAnswer scan(HttpCall<Caller> call) {
    return HttpAnswer.json(scanned(sourceName(call.path("source")), call));
  }

  private ScanAnswer scanned(SourceName name, HttpCall<Caller> call) {
    CatalogChanges changes = catalog.scan(name, call.caller().author());
    return new ScanAnswer(
        name.value(),
        changes.after().source(name).map(source -> source.relations().size()).orElse(0),
        changes.changes().stream().map(Object::toString).toList(),
        changes.problems());
  }

  private HttpAnswer remove(HttpCall<Caller> call) {
    catalog.removeSource(sourceName(call.path("source")), call.caller().author());
    return HttpAnswer.nothing();
  }

  /// Refused with INVALID_REQUEST when it is no name of a source.
  static SourceName sourceName(String text) {
    try {
      return new SourceName(text);
    } catch (IllegalArgumentException mistake) {
      throw new RemitException(
          ErrorCode.INVALID_REQUEST, String.valueOf(mistake.getMessage()), mistake);
    }
  }
}
