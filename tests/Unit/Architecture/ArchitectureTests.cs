using System.Text.RegularExpressions;
using Mpp.Contracts.Steps;
using Mpp.Unit.Contracts;
using Shouldly;

namespace Mpp.Unit.Architecture;

/// <summary>What keeps the agencies independent of each other and of the coordinator.</summary>
public sealed class ArchitectureTests
{
    private static readonly string[] Clocks =
        ["System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
            "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow"];

    private static readonly string[] PastTheOutbox = ["MassTransit.IBus", "MassTransit.IBusControl",
        "RabbitMQ.Client.IConnection", "RabbitMQ.Client.IChannel", "RabbitMQ.Client.ConnectionFactory"];

    public static TheoryData<string> Services => [.. Projects.Services.Select(p => p.Name)];

    public static TheoryData<string> Product => [.. Projects.Product.Select(p => p.Name)];

    [Fact]
    public void Every_service_is_on_the_list_and_every_listed_one_is_there()
    {
        Projects.Services.Select(p => p.Path).ShouldBe(Projects.Found.Select(p => p.Path), ignoreOrder: true);
        Projects.Services.Count.ShouldBeGreaterThan(7);
        Projects.Platform.Select(p => p.Name).ShouldBe(["Agency", "Hosting", "Messaging", "Sandbox", "Web"]);
        Projects.Gateway.Select(p => p.Name).ShouldBe(["Gateway"]);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_references_contracts_and_platform_only(string service) =>
        Find(service).References.ShouldAllBe(r => r.StartsWith("contracts/", StringComparison.Ordinal)
            || r.StartsWith("services/platform/", StringComparison.Ordinal));

    [Fact]
    public void The_platform_and_the_gateway_reference_no_service() =>
        Projects.Platform.Concat(Projects.Gateway).SelectMany(p => p.References)
            .ShouldAllBe(r => r.StartsWith("contracts/", StringComparison.Ordinal)
                || r.StartsWith("services/platform/", StringComparison.Ordinal));

    [Fact]
    public void Contracts_references_nothing()
    {
        Projects.Contracts.References.ShouldBeEmpty();
        Projects.Contracts.Packages.ShouldBeEmpty();
        Projects.Contracts.Assembly.GetReferencedAssemblies()
            .ShouldAllBe(a => a.Name!.StartsWith("System.", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Product))]
    public void A_class_without_heirs_is_sealed(string project) =>
        Rules.Unsealed(Find(project).Assembly.GetTypes())
            .Where(type => !HasHeirInTests(type.Split('.', '+')[^1])).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_shows_no_type_to_others(string service) =>
        Rules.Public(Find(service).Assembly.GetTypes()).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Product))]
    public void The_time_comes_from_TimeProvider(string project) =>
        Rules.Calls(Find(project).Assembly, Clocks).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Services))]
    public void A_service_publishes_through_the_outbox_only(string service) =>
        Rules.Refers(Find(service).Assembly, PastTheOutbox).ShouldBeEmpty();

    [Fact]
    public void The_event_that_everybody_hears_has_no_personal_data() =>
        Rules.PersonalData(typeof(ApplicationChanged)).ShouldBeEmpty();

    /// <summary>A test may take the place of a class to make it fail: that is an heir, too.</summary>
    private static bool HasHeirInTests(string type) => Directory.EnumerateFiles(
        Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .Any(f => Regex.IsMatch(File.ReadAllText(f), $@"\bclass \w+(\([^)]*\))? : {Regex.Escape(type)}\b",
            RegexOptions.None, TimeSpan.FromSeconds(1)));

    private static Project Find(string name) => Projects.Product.Single(p => p.Name == name);
}
