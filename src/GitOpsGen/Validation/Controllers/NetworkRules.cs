namespace GitOpsGen.Validation.Controllers;

/// <summary>Services, ingresses and policies (kubernetes pkg/apis/core and networking).</summary>
internal static class NetworkRules
{
    private const string UseNetwork = "Write a network such as 10.0.0.0/8 or 2001:db8::/64.";

    public static ControllerRule[] Service =>
        [
            ServerRule.Syntax(
                "metadata.name",
                ServerRule.Unless(name => KubernetesNames.IsLabel(name) && char.IsAsciiLetter(name[0]), "a DNS label that begins with a letter"),
                ServerRule.UseLabel
            ),
            ServerRule.Together("spec", Portless, "Give a port, or use clusterIP: None.", "ports"),
            ServerRule.Port("spec.ports[].port"),
            .. ServerRule.PortOrName("spec.ports[].targetPort"),
            ServerRule.Label("spec.ports[].name"),
            ServerRule.Together("spec.ports", Nameless, "Name every port."),
            ServerRule.Distinct("spec.ports", "name"),
            ServerRule.Together("spec", NoExternalName, "Give the DNS name that it stands for.", "externalName"),
            ServerRule.Syntax("spec.clusterIP", ServerRule.Unless(ip => ip == "None" || Network.IsAddress(ip), "an IP address"), "Leave it out."),
            ServerRule.Together("spec", NodePortInside, "Remove it, or use the type NodePort or LoadBalancer.", "ports"),
            ServerRule.Together("spec", PolicyInside, "Remove it, or use the type NodePort or LoadBalancer.", "externalTrafficPolicy"),
            ServerRule.Labels("spec.selector"),
            ServerRule.Together("spec", RangesInside, "Remove them, or use the type LoadBalancer.", "loadBalancerSourceRanges"),
            ServerRule.Syntax("spec.loadBalancerSourceRanges[]", ServerRule.Unless(IsNetwork, "a network"), UseNetwork),
        ];

    public static ControllerRule[] Ingress =>
        [
            ServerRule.Together("spec", Purposeless, "Give a rule or a default backend."),
            ServerRule.Syntax("spec.rules[].host", ServerRule.Unless(IsHost, "a DNS name"), "Use a DNS name, with or without *. before it."),
            ServerRule.Syntax(
                "spec.rules[].http.paths[].path",
                ServerRule.Unless(path => path.StartsWith('/'), "an absolute path"),
                "Begin it with /."
            ),
            .. Backend("spec.rules[].http.paths[].backend"),
            .. Backend("spec.defaultBackend"),
        ];

    public static ControllerRule[] Policy =>
        [
            .. SelectorRules.At("spec.podSelector"),
            ServerRule.Together("spec.policyTypes", ThreeTypes, "Keep Ingress and Egress, each once."),
            .. Peers("spec.ingress[]", "from"),
            .. Peers("spec.egress[]", "to"),
        ];

    private static IEnumerable<ControllerRule> Peers(string path, string side) =>
        [
            ServerRule.Together($"{path}.{side}[]", WrongPeer, "Give an ipBlock, or selectors of pods and namespaces."),
            ServerRule.Syntax($"{path}.{side}[].ipBlock.cidr", ServerRule.Unless(IsNetwork, "a network"), UseNetwork),
            ServerRule.Together($"{path}.{side}[].ipBlock", WrongException, "Except a smaller part of the network.", "except"),
            .. SelectorRules.At($"{path}.{side}[].podSelector"),
            .. SelectorRules.At($"{path}.{side}[].namespaceSelector"),
            .. ServerRule.PortOrName($"{path}.ports[].port"),
            ServerRule.Together($"{path}.ports[]", WrongEnd, "Give a number as port that is not above endPort.", "endPort"),
        ];

    private static ControllerRule[] Backend(string path) =>
        [
            ServerRule.Together(path, NotOneBackend, "Give either a service or a resource."),
            ServerRule.Together($"{path}.service.port", NotOnePort, "Give either the name or the number."),
        ];

    private static string Type(YamlMapping service) => YamlScalar.TextOf(service["type"]) is { Length: > 0 } type ? type : "ClusterIP";

    private static string? Portless(YamlNode node) =>
        node is YamlMapping service
        && Objections.IsAbsent(service, "ports")
        && Type(service) != "ExternalName"
        && YamlScalar.TextOf(service["clusterIP"]) != "None"
            ? "is missing or empty"
            : null;

    private static string? Nameless(YamlNode node) =>
        node is YamlSequence { Items.Length: > 1 } && ServerRule.Items(node).Any(port => Objections.IsAbsent(port, "name"))
            ? "has several items, and one without a name"
            : null;

    private static string? NoExternalName(YamlNode node) =>
        node is YamlMapping service && Type(service) == "ExternalName" && Objections.IsAbsent(service, "externalName") ? "is missing" : null;

    private static string? NodePortInside(YamlNode node) =>
        node is YamlMapping service
        && Type(service) is "ClusterIP" or "ExternalName"
        && ServerRule.Items(((YamlMapping)node)["ports"]).Any(port => ServerRule.Number(port["nodePort"]) is > 0)
            ? "has a nodePort, in a service that is open inside of the cluster only"
            : null;

    private static string? PolicyInside(YamlNode node) =>
        node is YamlMapping service
        && Type(service) is "ClusterIP" or "ExternalName"
        && !Objections.IsAbsent((YamlMapping)node, "externalTrafficPolicy")
        && Objections.IsAbsent((YamlMapping)node, "externalIPs")
            ? "is given, in a service that is open inside of the cluster only"
            : null;

    private static string? RangesInside(YamlNode node) =>
        node is YamlMapping service && Type(service) != "LoadBalancer" && !Objections.IsAbsent(service, "loadBalancerSourceRanges")
            ? "are given, in a service without a load balancer"
            : null;

    private static bool IsHost(string host) =>
        KubernetesNames.IsSubdomain(host.StartsWith("*.", StringComparison.Ordinal) ? host[2..] : host) && !Network.IsAddress(host);

    private static string? Purposeless(YamlNode node) =>
        node is YamlMapping spec && Objections.IsAbsent(spec, "rules") && Objections.IsAbsent(spec, "defaultBackend")
            ? "has neither rules nor a default backend"
            : null;

    private static string? NotOneBackend(YamlNode node) =>
        node is YamlMapping backend
            ? (Objections.IsAbsent(backend, "service"), Objections.IsAbsent(backend, "resource")) switch
            {
                (true, true) => "has neither service nor resource",
                (false, false) => "has both service and resource",
                _ => null,
            }
            : null;

    private static string? NotOnePort(YamlNode node) =>
        node is YamlMapping port
            ? (Objections.IsAbsent(port, "name"), ServerRule.Number(port["number"]) is null or 0) switch
            {
                (true, true) => "has neither name nor number",
                (false, false) => "has both name and number",
                _ => null,
            }
            : null;

    private static string? ThreeTypes(YamlNode node) => node is YamlSequence { Items.Length: > 2 } ? "has more than two items" : null;

    private static string? WrongPeer(YamlNode node) =>
        node is YamlMapping peer
            ? (
                Objections.IsAbsent(peer, "ipBlock"),
                Objections.IsAbsent(peer, "podSelector") && Objections.IsAbsent(peer, "namespaceSelector")
            ) switch
            {
                (true, true) => "names nobody",
                (false, false) => "has both ipBlock and a selector",
                _ => null,
            }
            : null;

    private static bool IsNetwork(string text) => Network.Parse(text) is not null;

    private static string? WrongException(YamlNode node) =>
        node is YamlMapping block
        && Network.Parse(YamlScalar.TextOf(block["cidr"])) is { } whole
        && block["except"] is YamlSequence list
        && list.Items.Select(YamlScalar.TextOf).FirstOrDefault(text => text is not null && Network.Parse(text)?.IsPartOf(whole) != true) is { } other
            ? $"has '{Excerpt.Of(other)}', which is not a smaller part of the network"
            : null;

    private static string? WrongEnd(YamlNode node) =>
        node is YamlMapping port && ServerRule.Number(port["endPort"]) is { } end
            ? ServerRule.Number(port["port"]) switch
            {
                null => "is given without a number as port",
                { } start when end < start => $"is {end}, less than port",
                _ => null,
            }
            : null;
}
