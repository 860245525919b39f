package dev.remit.proxy.verify;

import dev.remit.policy.model.PolicyValue;
import dev.remit.policy.model.TableDecision;
import dev.remit.proxy.govern.Attributes;
import dev.remit.proxy.source.SourceFacts;
import dev.remit.proxy.systemcatalog.SystemRelation;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the emitted statement may hold.
///
/// @param tables decisions on base relations, by `schema.name`
/// @param unfenced how often a relation may stand without `OFFSET 0`, by `schema.name`
/// @param catalog the governed catalog relations
/// @param visible the parameters of their texts
/// @param views decisions on the views that were expanded, by `schema.name`
/// @param extensionNames `schema.name` of operators and functions of extensions
/// @param facts what the source says of its operators and types
/// @param attributes which names may follow a value: no calls but listed ones
/// @param clientParameters number of the client's parameters; the policy's follow
public record Expectation(
    Map<String, TableDecision.Allow> tables,
    Map<String, Integer> unfenced,
    Set<SystemRelation> catalog,
    List<PolicyValue> visible,
    Map<String, TableDecision.Allow> views,
    Set<String> userTypes,
    Set<String> extensionNames,
    SourceFacts facts,
    Attributes attributes,
    int clientParameters,
    List<PolicyValue> policyValues) {}
