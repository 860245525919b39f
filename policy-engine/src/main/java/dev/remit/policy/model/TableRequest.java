package dev.remit.policy.model;

import dev.remit.catalog.model.PurposeCode;
import dev.remit.catalog.model.Relation;
import dev.remit.catalog.model.Source;

/// The question: may this principal read this relation for this purpose?
public record TableRequest(
    Principal principal, PurposeCode purpose, Source source, Relation relation) {}
