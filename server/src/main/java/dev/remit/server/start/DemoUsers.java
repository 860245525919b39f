package dev.remit.server.start;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.remit.evidence.model.Author;
import dev.remit.examples.crm.SampleCrm;
import dev.remit.platform.disk.PrivateFiles;
import dev.remit.policy.PolicyEngine;
import dev.remit.policy.model.Principal;
import dev.remit.server.http.Operation;
import dev.remit.server.process.DataFolder;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The people of the sample: they exist in development only, each with a generated password in a
/// file of mode 0600.
///
/// A demo user is known by the attribute `demo`, so that a store that has them cannot be opened
/// outside development.
public final class DemoUsers {
  private static final String MARK = "demo";

  private DemoUsers() {}

  /// Adds those who are missing, and the two roles of the administration interface.
  public static void ensure(PolicyEngine policy, DataFolder folder, SecureRandom random) {
    Set<String> known =
        policy.listUsers().stream().map(Principal::name).collect(Collectors.toSet());
    boolean added = false;
    for (JsonNode user : users()) {
      String name = user.path("name").asText();
      if (known.contains(name)) {
        continue;
      }
      Map<String, String> attributes = new HashMap<>();
      user.path("attributes")
          .properties()
          .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
      attributes.put(MARK, "true");
      policy.addUser(
          name,
          PrivateFiles.password(folder.demoPassword(name), random),
          texts(user.path("groups")),
          attributes,
          Author.AtTheMachine.START);
      added = true;
    }
    if (added) {
      define(policy, Operation.OPERATOR, "operators");
      define(policy, Operation.OFFICER, "privacy-officers");
    }
  }

  private static void define(PolicyEngine policy, String role, String group) {
    policy.defineRole(role, Set.of(), Set.of(group), Set.of(), Author.AtTheMachine.START);
  }

  /// Names of the demo users that exist in the store.
  public static List<String> present(PolicyEngine policy) {
    return policy.listUsers().stream()
        .filter(user -> user.attributes().containsKey(MARK))
        .map(Principal::name)
        .sorted()
        .toList();
  }

  private static Iterable<JsonNode> users() {
    try {
      List<JsonNode> users = new ArrayList<>();
      new YAMLMapper().readTree(SampleCrm.usersYaml()).path("users").forEach(users::add);
      return users;
    } catch (JsonProcessingException failure) {
      throw new IllegalStateException("the sample's users are not YAML", failure);
    }
  }

  private static Set<String> texts(JsonNode values) {
    Set<String> texts = new HashSet<>();
    values.forEach(value -> texts.add(value.asText()));
    return texts;
  }
}
