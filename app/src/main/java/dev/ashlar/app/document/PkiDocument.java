package dev.ashlar.app.document;

import dev.ashlar.app.cluster.PkiRecord;
import dev.ashlar.services.pki.AuthorityFacts;
import dev.ashlar.services.pki.CertificateEntry;
import java.time.Instant;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Authorities and certificates for machines.
public final class PkiDocument {
    private PkiDocument() {}

    /// @param verb that was carried out
    /// @param now by which it is told what is due
    public static String of(String cluster, String verb, PkiRecord pki, Instant now) {
        ObjectNode json = Documents.document("ashlar.pki/1.0", cluster);
        json.put("verb", verb);
        ArrayNode authorities = json.putArray("authorities");
        pki.authorities().forEach(one -> authority(authorities.addObject(), pki, one, now));
        ArrayNode certificates = json.putArray("certificates");
        pki.certificates().forEach(one -> certificate(certificates.addObject(), one, now));
        ArrayNode requests = json.putArray("requests");
        pki.asked()
                .forEach((name, root) -> {
                    ObjectNode one = requests.addObject().put("authority", name);
                    root.ifPresent(by -> one.put("accepted_root", by));
                });
        return Documents.text(json);
    }

    private static void authority(
            ObjectNode json, PkiRecord pki, AuthorityFacts authority, Instant now) {
        json.put("name", authority.name());
        authority
                .list()
                .ifPresent(list ->
                        json.putObject("revocation_list")
                                .put("entries", list.entries())
                                .put("this_update", list.from().toString())
                                .put("next_update", list.until().toString())
                                .put("due", list.isDue(now)));
        ArrayNode generations = json.putArray("generations");
        for (AuthorityFacts.Generation one : authority.generations()) {
            generations
                    .addObject()
                    .put("number", one.number())
                    .put("state", pki.state(authority.name(), one.number()))
                    .put("subject", one.subject())
                    .put("signed_by", one.signedBy().orElse(one.subject()))
                    .put("serial", one.serial())
                    .put("algorithm", one.algorithm())
                    .put("fingerprint", one.fingerprint())
                    .put("not_before", one.from().toString())
                    .put("not_after", one.until().toString())
                    .put("due", one.isDue(now))
                    .put("certificate", one.pem());
        }
    }

    private static void certificate(
            ObjectNode json, PkiRecord.Certificate certificate, Instant now) {
        CertificateEntry entry = certificate.entry();
        json.put("instance", entry.instance());
        entry.node().ifPresent(node -> json.put("node", node));
        json.put("authority", entry.authority())
                .put("generation", entry.generation())
                .put("subject", entry.subject());
        entry.names().forEach(json.putArray("names")::add);
        json.put("usage", entry.usage())
                .put("serial", entry.serial())
                .put("not_before", entry.from().toString())
                .put("not_after", entry.until().toString())
                .put("due", certificate.isInUse() && entry.isDue(now))
                .put("use", certificate.use().name().toLowerCase(Locale.ROOT));
    }
}
