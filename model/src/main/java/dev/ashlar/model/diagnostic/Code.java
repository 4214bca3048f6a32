package dev.ashlar.model.diagnostic;

/// The catalogue of problems. A code is never reused and never changes its meaning; each has a page
/// in `docs/errors/`. 00xx files and YAML, 01xx names and keys, 02xx types and expressions, 03xx
/// templates and scripts, 04xx wiring and order, 05xx groups, nodes and sites.
public enum Code {
    ASH0001(Severity.ERROR, "file cannot be read"),
    ASH0002(Severity.ERROR, "not valid YAML"),
    ASH0003(Severity.ERROR, "tab used for indentation"),
    ASH0004(Severity.ERROR, "duplicate key"),
    ASH0005(Severity.ERROR, "file too large, too deep, or with anchors"),
    ASH0006(Severity.ERROR, "not UTF-8 text"),
    ASH0101(Severity.ERROR, "unknown key"),
    ASH0102(Severity.ERROR, "missing key"),
    ASH0103(Severity.ERROR, "wrong kind of YAML value"),
    ASH0104(Severity.ERROR, "not a valid name"),
    ASH0105(Severity.ERROR, "unknown pack"),
    ASH0106(Severity.ERROR, "unknown component"),
    ASH0107(Severity.ERROR, "unknown type"),
    ASH0108(Severity.ERROR, "unknown resource kind"),
    ASH0109(Severity.ERROR, "unknown function"),
    ASH0110(Severity.ERROR, "name used twice"),
    ASH0111(Severity.ERROR, "unknown input"),
    ASH0112(Severity.ERROR, "construct not available yet"),
    ASH0113(Severity.ERROR, "unknown interface"),
    ASH0114(Severity.ERROR, "unknown fact"),
    ASH0201(Severity.ERROR, "wrong type"),
    ASH0202(Severity.ERROR, "expression does not parse"),
    ASH0203(Severity.ERROR, "expression does not type-check"),
    ASH0204(Severity.ERROR, "input without a value"),
    ASH0205(Severity.ERROR, "value outside its constraint"),
    ASH0206(Severity.ERROR, "unknown variable or field"),
    ASH0207(Severity.ERROR, "record value incomplete"),
    ASH0208(Severity.ERROR, "secret would flow where it may not"),
    ASH0209(Severity.ERROR, "expression without a value"),
    ASH0210(Severity.ERROR, "valid_for that cannot be kept to"),
    ASH0211(Severity.ERROR, "fact that is not taken as it is"),
    ASH0212(Severity.WARNING, "text that reads like an expression"),
    ASH0213(Severity.ERROR, "secret is written down"),
    ASH0301(Severity.ERROR, "template cannot be parsed"),
    ASH0302(Severity.ERROR, "undefined template variable"),
    ASH0303(Severity.ERROR, "template or script file not found"),
    ASH0304(Severity.ERROR, "template uses what the sandbox refuses"),
    ASH0305(Severity.ERROR, "script has a shell syntax error"),
    ASH0401(Severity.ERROR, "steps wait for each other in a cycle"),
    ASH0402(Severity.ERROR, "output that no step produces"),
    ASH0403(Severity.ERROR, "interface mismatch"),
    ASH0404(Severity.ERROR, "link to a group that does not carry the component"),
    ASH0405(Severity.ERROR, "two steps manage one thing"),
    ASH0406(Severity.ERROR, "order edge to a step that does not exist"),
    ASH0407(Severity.ERROR, "user, unit or path used without a step that makes it"),
    ASH0408(Severity.ERROR, "version constraint not met"),
    ASH0409(Severity.ERROR, "input that its step does not use"),
    ASH0410(Severity.ERROR, "step repeated for what is not known or not told apart"),
    ASH0411(Severity.ERROR, "requirement for which there is nothing, or no choice was made"),
    ASH0501(Severity.ERROR, "unknown group"),
    ASH0502(Severity.ERROR, "unknown site or provider"),
    ASH0503(Severity.ERROR, "not enough nodes"),
    ASH0504(Severity.ERROR, "node description incomplete or contradictory"),
    ASH0505(Severity.ERROR, "unknown node");

    private final Severity severity;
    private final String title;

    Code(Severity severity, String title) {
        this.severity = severity;
        this.title = title;
    }

    public Severity severity() {
        return severity;
    }

    /// The headline of the code's page.
    public String title() {
        return title;
    }
}
