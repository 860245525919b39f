package dev.remit.policy.ranger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remit.policy.ranger.strict.StrictDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.ranger.plugin.contextenricher.RangerTagForEval;
import org.apache.ranger.plugin.model.RangerPolicy;
import org.apache.ranger.plugin.policyengine.RangerAccessRequest;
import org.apache.ranger.plugin.policyengine.RangerAccessRequestImpl;
import org.apache.ranger.plugin.policyengine.RangerAccessResource;
import org.apache.ranger.plugin.policyengine.RangerAccessResourceImpl;
import org.apache.ranger.plugin.policyengine.RangerAccessResult;
import org.apache.ranger.plugin.util.RangerAccessRequestUtil;
import org.apache.ranger.plugin.util.RangerRequestedResources;
import org.apache.ranger.plugin.util.ServicePolicies;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Goal: the embedded engine answers Ranger's own suites as Ranger does, or the strict loader
/// refused the suite's document. Printed: agreed, refused, differing, which must be 0.
///
/// Access cases are compared by allowed or not: Ranger's own runner does not look at the policy id
/// there, and its audit flag has no part in Remit. Mask and filter cases are compared with the id.
class RangerSuitesTest {
  private static final ObjectMapper JSON = mapper();

  private final Map<String, List<String>> refusedFiles = new TreeMap<>();
  private final List<String> differing = new ArrayList<>();
  private int agreed;
  private int refused;

  private static ObjectMapper mapper() {
    SimpleModule concrete =
        new SimpleModule()
            .addAbstractTypeMapping(RangerAccessResource.class, RangerAccessResourceImpl.class);
    SimpleDateFormat dates = new SimpleDateFormat("yyyyMMdd-HH:mm:ss.SSSZ", java.util.Locale.ROOT);
    dates.setTimeZone(TimeZone.getTimeZone("UTC"));
    return JsonMapper.builder()
        .addModule(concrete)
        .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
        .defaultDateFormat(dates)
        .disable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(com.fasterxml.jackson.core.JsonParser.Feature.ALLOW_COMMENTS)
        .build();
  }

  @Test
  void rangersOwnSuitesAgreeOrAreRefused() throws IOException {
    Path folder = sharedData().resolve("ranger-policyengine");
    assumeTrue(Files.isDirectory(folder), "absent: Ranger's suites at " + folder);
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files
              .filter(path -> path.getFileName().toString().startsWith("test_"))
              .sorted()
              .toList()) {
        run(file);
      }
    }
    refusedFiles.forEach((file, reasons) -> print("refused " + file + ": " + reasons));
    differing.forEach(RangerSuitesTest::print);
    print(
        "Ranger suites: agreed "
            + agreed
            + ", refused by strictness "
            + refused
            + ", differing "
            + differing.size());
    assertThat(differing).isEmpty();
    assertThat(agreed).isGreaterThan(100);
  }

  @SuppressWarnings("SystemOut") // the figures are the report of this test
  private static void print(String line) {
    System.out.println(line);
  }

  private static Path sharedData() {
    @Nullable String given = System.getenv("REMIT_SHARED_DATA");
    Path top = Path.of("").toAbsolutePath();
    while (top != null && !Files.exists(top.resolve("mvnw"))) {
      top = top.getParent();
    }
    return given != null
        ? Path.of(given)
        : Objects.requireNonNull(top).resolve("../shared/data").normalize();
  }

  private void run(Path file) throws IOException {
    ObjectNode suite = (ObjectNode) JSON.readTree(file.toFile());
    JsonNode tests = suite.path("tests");
    ServicePolicies document = document(suite);
    List<String> findings = StrictDocument.findings(document, false);
    if (!findings.isEmpty()) {
      refused += tests.size();
      refusedFiles.put(
          file.getFileName().toString(), findings.stream().distinct().limit(3).toList());
      return;
    }
    EmbeddedEngine engine = new EmbeddedEngine(document);
    for (JsonNode test : tests) {
      String found = answer(engine, test);
      String expected = expected(test);
      if (found.equals(expected)) {
        agreed++;
      } else {
        differing.add(
            file.getFileName()
                + " "
                + test.path("name").asText()
                + ": "
                + found
                + " not "
                + expected);
      }
    }
  }

  private static ServicePolicies document(ObjectNode suite) throws IOException {
    ServicePolicies document = new ServicePolicies();
    document.setServiceName(suite.path("serviceName").asText());
    document.setServiceDef(
        JSON.treeToValue(
            suite.path("serviceDef"), org.apache.ranger.plugin.model.RangerServiceDef.class));
    document.setPolicies(policies(suite.path("policies")));
    document.setPolicyVersion(1L);
    if (suite.has("tagPolicyInfo")) {
      document.setTagPolicies(
          JSON.treeToValue(suite.path("tagPolicyInfo"), ServicePolicies.TagPolicies.class));
      document
          .getTagPolicies()
          .setPolicies(
              policies(
                  suite.path("tagPolicyInfo").path("tagPolicies").isMissingNode()
                      ? suite.path("tagPolicyInfo").path("policies")
                      : suite.path("tagPolicyInfo").path("tagPolicies")));
    }
    return document;
  }

  private static List<RangerPolicy> policies(JsonNode nodes) throws IOException {
    List<RangerPolicy> policies = new ArrayList<>();
    for (JsonNode node : nodes) {
      policies.add(JSON.treeToValue(node, RangerPolicy.class));
    }
    return policies;
  }

  private static String answer(EmbeddedEngine engine, JsonNode test) throws IOException {
    RangerAccessRequestImpl request = request(test.path("request"));
    if (test.has("dataMaskResult")) {
      RangerAccessResult result = engine.evaluate(request, RangerPolicy.POLICY_TYPE_DATAMASK);
      return "mask " + result.getMaskType() + " by " + result.getPolicyId();
    }
    if (test.has("rowFilterResult")) {
      RangerAccessResult result = engine.evaluate(request, RangerPolicy.POLICY_TYPE_ROWFILTER);
      return "rows " + result.getFilterExpr() + " by " + result.getPolicyId();
    }
    RangerAccessResult result = engine.evaluate(request, RangerPolicy.POLICY_TYPE_ACCESS);
    return "allowed " + result.getIsAllowed();
  }

  private static String expected(JsonNode test) {
    if (test.has("dataMaskResult")) {
      JsonNode result = test.path("dataMaskResult");
      return "mask "
          + text(result.path("additionalInfo").path("maskType"))
          + " by "
          + result.path("policyId").asLong(-1);
    }
    if (test.has("rowFilterResult")) {
      JsonNode result = test.path("rowFilterResult");
      return "rows "
          + text(result.path("additionalInfo").path("filterExpr"))
          + " by "
          + result.path("policyId").asLong(-1);
    }
    JsonNode result = test.path("result");
    return "allowed " + result.path("isAllowed").asBoolean();
  }

  private static @Nullable String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : null;
  }

  private static RangerAccessRequestImpl request(JsonNode given) throws IOException {
    Map<String, Object> elements = new HashMap<>();
    given
        .path("resource")
        .path("elements")
        .properties()
        .forEach(element ->
            elements.put(element.getKey(), JSON.convertValue(element.getValue(), Object.class)));
    RangerAccessResourceImpl resource = new RangerAccessResourceImpl(elements);
    if (given.path("resource").has("ownerUser")) {
      resource.setOwnerUser(given.path("resource").path("ownerUser").asText());
    }
    RangerAccessRequestImpl request =
        new RangerAccessRequestImpl(
            resource,
            given.path("accessType").asText(),
            text(given.path("user")),
            strings(given.path("userGroups")),
            strings(given.path("userRoles")));
    request.setAccessType(text(given.path("accessType")));
    Arrays.stream(RangerAccessRequest.ResourceMatchingScope.values())
        .filter(scope -> scope.name().equals(given.path("resourceMatchingScope").asText()))
        .forEach(request::setResourceMatchingScope);
    Map<String, RangerAccessRequest.ResourceElementMatchingScope> scopes = new HashMap<>();
    for (Map.Entry<String, JsonNode> scope :
        given.path("resourceElementMatchingScopes").properties()) {
      scopes.put(
          scope.getKey(),
          RangerAccessRequest.ResourceElementMatchingScope.valueOf(scope.getValue().asText()));
    }
    request.setResourceElementMatchingScopes(scopes);
    if (given.has("accessTime")) {
      request.setAccessTime(JSON.convertValue(given.path("accessTime"), java.util.Date.class));
    }
    Map<String, Object> context = new HashMap<>();
    for (Map.Entry<String, JsonNode> entry : given.path("context").properties()) {
      context.put(entry.getKey(), entry.getValue().asText());
    }
    request.setContext(context);
    context(request, given.path("context"));
    return request;
  }

  private static void context(RangerAccessRequestImpl request, JsonNode given) throws IOException {
    if (given.has("TAGS")) {
      Set<RangerTagForEval> tags = new HashSet<>();
      for (JsonNode tag : JSON.readTree(given.path("TAGS").asText())) {
        RangerTagForEval read = JSON.treeToValue(tag, RangerTagForEval.class);
        tags.add(read);
      }
      RangerAccessRequestUtil.setRequestTagsInContext(request.getContext(), tags);
    }
    if (given.has("REQUESTED_RESOURCES")) {
      RangerAccessRequestUtil.setRequestedResourcesInContext(
          request.getContext(),
          JSON.readValue(
              given.path("REQUESTED_RESOURCES").asText(), RangerRequestedResources.class));
    }
  }

  private static Set<String> strings(JsonNode list) {
    Set<String> strings = new HashSet<>();
    list.forEach(element -> strings.add(element.asText()));
    return strings;
  }
}
