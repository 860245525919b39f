package dev.remit.server.governance;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.remit.catalog.Catalog;
import dev.remit.catalog.model.CatalogChanges;
import dev.remit.catalog.model.SourceName;
import dev.remit.evidence.model.Author;
import dev.remit.platform.db.StoreCopies;
import dev.remit.platform.error.ErrorCode;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.PolicyPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Applies a governance file: `source`, `taxonomy`, `purposes`, `tables` belong to the catalog,
/// `policies` to the policy engine. A file of Ranger JSON is policies only.
///
/// The policies are checked against the catalog as the file declares it, and both parts are one
/// change: a file is in force whole or not at all, after a fault as well, and no statement meets
/// one part without the other.
public final class Governance {
  private static final int DEEPEST = 64;
  private static final YAMLMapper MAPPER =
      YAMLMapper.builder(
              YAMLFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final StoreCopies copies;
  private final Catalog catalog;
  private final PolicyEngine policy;

  /// @param copies those of the catalog and the policy engine
  public Governance(StoreCopies copies, Catalog catalog, PolicyEngine policy) {
    this.copies = copies;
    this.catalog = catalog;
    this.policy = policy;
  }

  /// A file, parted.
  ///
  /// @param declarations the catalog's part, empty when there is none
  /// @param policies the policy engine's part
  public record Document(
      Optional<SourceName> source, Optional<JsonNode> declarations, Optional<JsonNode> policies) {}

  /// What changes, for people to read.
  ///
  /// @param declarations one line per declaration that differs
  /// @param warnings what is allowed but perhaps not meant
  /// @param problems why the file cannot be applied; empty after a change
  public record Changes(
      List<String> declarations,
      List<String> policiesAdded,
      List<String> policiesChanged,
      List<String> policiesUnchanged,
      List<String> warnings,
      List<String> problems) {}

  /// Reads the file's text.
  ///
  /// @param fallback the source of a file that names none
  public static Document read(String text, Optional<SourceName> fallback) {
    JsonNode tree = tree(text);
    if (!(tree instanceof ObjectNode root)) {
      return new Document(fallback, Optional.empty(), Optional.of(tree));
    }
    if (root.has("serviceName") || root.has("policyItems") || root.has("resources")) {
      return new Document(fallback, Optional.empty(), Optional.of(root));
    }
    Optional<JsonNode> policies = Optional.ofNullable(root.remove("policies"));
    Optional<SourceName> source =
        root.path("source").isTextual()
            ? Optional.of(sourceName(root.path("source").textValue()))
            : fallback;
    boolean declares =
        root.properties().stream().anyMatch(entry -> !entry.getKey().equals("source"));
    return new Document(source, declares ? Optional.of(root) : Optional.empty(), policies);
  }

  /// What [#apply] would do.
  public Changes plan(Document document) {
    Optional<CatalogChanges> declared = document.declarations().map(catalog::plan);
    List<String> problems =
        new ArrayList<>(declared.map(CatalogChanges::problems).orElse(List.of()));
    Optional<PolicyPlan> plan = Optional.empty();
    try {
      plan = planned(document, declared);
    } catch (RemitException refusal) {
      problems.add(String.valueOf(refusal.getMessage()));
    }
    return changes(declared, plan, problems);
  }

  /// Makes the changes; in force with the next statement.
  ///
  /// @throws RemitException when any part is refused; then nothing is changed
  public Changes apply(Document document, Author author) {
    return copies.change(sql -> {
      Optional<CatalogChanges> declared =
          document.declarations().map(part -> catalog.apply(sql, part, author));
      Optional<PolicyPlan> plan =
          document
              .policies()
              .map(part ->
                  policy.apply(
                      sql,
                      part,
                      source(document),
                      declared.map(CatalogChanges::after).orElseGet(() -> catalog.asOf(sql)),
                      author));
      return changes(declared, plan, List.of());
    });
  }

  /// The policies' part, checked against the catalog as it will be.
  private Optional<PolicyPlan> planned(Document document, Optional<CatalogChanges> declared) {
    return document
        .policies()
        .map(policies ->
            policy.plan(
                policies,
                source(document),
                declared.map(CatalogChanges::after).orElseGet(catalog::snapshot)));
  }

  private static Changes changes(
      Optional<CatalogChanges> declared, Optional<PolicyPlan> plan, List<String> problems) {
    return new Changes(
        declared
            .map(changes -> changes.changes().stream().map(Object::toString).toList())
            .orElse(List.of()),
        plan.map(PolicyPlan::added).orElse(List.of()),
        plan.map(PolicyPlan::changed).orElse(List.of()),
        plan.map(PolicyPlan::unchanged).orElse(List.of()),
        plan.map(PolicyPlan::warnings).orElse(List.of()),
        problems);
  }

  private static SourceName source(Document document) {
    return document
        .source()
        .orElseThrow(() ->
            new RemitException(
                ErrorCode.INVALID_POLICY,
                "the file does not say for which source its policies are: add `source: NAME`"));
  }

  private static SourceName sourceName(String text) {
    try {
      return new SourceName(text);
    } catch (IllegalArgumentException mistake) {
      throw new RemitException(
          ErrorCode.INVALID_CONFIGURATION, String.valueOf(mistake.getMessage()), mistake);
    }
  }

  private static JsonNode tree(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException failure) {
      throw new RemitException(
          ErrorCode.INVALID_CONFIGURATION,
          "line %d of the file is not valid YAML: %s"
              .formatted(
                  failure.getLocation() == null ? 0 : failure.getLocation().getLineNr(),
                  failure.getOriginalMessage().lines().findFirst().orElse("")),
          failure);
    }
  }
}
