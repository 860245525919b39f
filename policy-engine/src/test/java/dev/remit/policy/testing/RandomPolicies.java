package dev.remit.policy.testing;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.remit.catalog.model.SourceName;
import dev.remit.platform.error.RemitException;
import dev.remit.policy.model.Principal;
import dev.remit.policy.ranger.RangerPolicies;
import dev.remit.policy.rules.StoredPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/// Policies in Ranger's form and callers, drawn at random over few names, so that they meet: wild
/// cards, excludes, several resources, priorities, denials, exceptions, tags, purposes, roles,
/// `public` and `{USER}`.
public final class RandomPolicies {
  /// The source they are for.
  public static final SourceName SOURCE = new SourceName("shop");

  public static final List<String> TABLES = List.of("t1", "t2", "u1");
  public static final List<String> COLUMNS = List.of("c1", "c2", "c3", "d1", "d2");
  public static final List<String> TAGS = List.of("contact", "contact.email", "money");
  public static final List<String> PURPOSES = List.of("analytics", "service");

  private static final List<String> TABLE_PATTERNS = List.of("*", "t*", "t?", "*1", "t1", "u1");
  private static final List<String> COLUMN_PATTERNS =
      List.of("*", "*", "c*", "c?", "*1", "c1", "c2", "d1", "*2");
  private static final List<String> USERS = List.of("ann", "bob", "eve", "{USER}");
  private static final List<String> GROUPS = List.of("g1", "g2", "g3", "g4", "public");
  private static final List<String> ROLES = List.of("r1", "r2");

  private final Random random;

  public RandomPolicies(long seed) {
    this.random = new Random(seed);
  }

  /// A set that loads as a whole; those the strict loader refuses are left out.
  public List<StoredPolicy> set(int most) {
    List<StoredPolicy> set = new ArrayList<>();
    for (int number = 1; number <= most; number++) {
      ArrayNode one = JsonNodeFactory.instance.arrayNode().add(policy("p" + number));
      StoredPolicy read = RangerPolicies.split(one).getFirst();
      StoredPolicy policy = new StoredPolicy(number, read.name(), read.form(), read.definition());
      try {
        RangerPolicies.compile(SOURCE, List.of(policy));
        set.add(policy);
      } catch (RemitException refused) {
        // Not loaded, so nobody's answer.
      }
    }
    return set;
  }

  /// Somebody with some of the names that policies use, and some they never do.
  public Principal principal() {
    Set<String> groups = some(List.of("g1", "g2", "g3", "g4", "elsewhere"));
    Set<String> roles = some(List.of("r1", "r2", "other"));
    Map<String, String> attributes =
        random.nextBoolean() ? Map.of("region", pick(List.of("EU", "US"))) : Map.of("x", "y");
    return new Principal(pick(List.of("ann", "bob", "eve", "zoe")), groups, roles, attributes);
  }

  public <T> T pick(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /// A few of them, perhaps none.
  public Set<String> some(List<String> of) {
    Set<String> some = new HashSet<>();
    of.stream().filter(each -> random.nextInt(3) == 0).forEach(some::add);
    return some;
  }

  private ObjectNode policy(String name) {
    int type = random.nextInt(3);
    ObjectNode policy = JsonNodeFactory.instance.objectNode();
    policy.put("name", name).put("policyType", type).put("policyPriority", random.nextInt(2));
    resource(policy.putObject("resources"), type);
    if (random.nextInt(4) == 0) {
      resource(policy.putArray("additionalResources").addObject(), type);
    }
    if (random.nextInt(5) == 0) {
      purpose(policy.putArray("conditions"));
    }
    switch (type) {
      case 0 -> access(policy);
      case 1 -> {
        ArrayNode items = policy.putArray("dataMaskPolicyItems");
        for (int count = random.nextInt(2); count >= 0; count--) {
          item(items.addObject())
              .putObject("dataMaskInfo")
              .put("dataMaskType", pick(List.of("MASK_NULL", "MASK", "MASK_HASH", "MASK_NONE")));
        }
      }
      default ->
          item(policy.putArray("rowFilterPolicyItems").addObject())
              .putObject("rowFilterInfo")
              .put("filterExpr", pick(List.of("c1 = ${{USER.region}}", "c2 = 'x'")));
    }
    return policy;
  }

  private void access(ObjectNode policy) {
    item(policy.putArray("policyItems").addObject());
    for (String also : List.of("denyPolicyItems", "allowExceptions", "denyExceptions")) {
      if (random.nextInt(4) == 0) {
        item(policy.putArray(also).addObject());
      }
    }
  }

  private void resource(ObjectNode resource, int type) {
    names(resource.putObject("catalog"), List.of("shop", "*", "sh*"), false);
    names(resource.putObject("schema"), List.of("public", "*", "p*"), false);
    names(resource.putObject("table"), TABLE_PATTERNS, random.nextInt(6) == 0);
    if (type != 2) {
      names(resource.putObject("column"), COLUMN_PATTERNS, random.nextInt(6) == 0);
    }
  }

  private void names(ObjectNode names, List<String> of, boolean excludes) {
    ArrayNode values = names.putArray("values").add(pick(of));
    if (random.nextInt(3) == 0) {
      values.add(pick(of));
    }
    names.put("isExcludes", excludes);
  }

  private ObjectNode item(ObjectNode item) {
    item.putArray("accesses").addObject().put("type", "select").put("isAllowed", true);
    some(USERS).forEach(item.putArray("users")::add);
    ArrayNode groups = item.putArray("groups").add(pick(GROUPS));
    some(GROUPS).forEach(groups::add);
    some(ROLES).forEach(item.putArray("roles")::add);
    ArrayNode conditions = item.putArray("conditions");
    if (random.nextInt(2) == 0) {
      purpose(conditions);
    }
    if (random.nextInt(3) == 0) {
      conditions.addObject().put("type", "tagged").putArray("values").add(pick(TAGS));
    }
    return item;
  }

  private void purpose(ArrayNode conditions) {
    conditions.addObject().put("type", "purpose-in").putArray("values").add(pick(PURPOSES));
  }
}
