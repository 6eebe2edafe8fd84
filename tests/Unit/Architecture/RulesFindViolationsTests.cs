using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MassTransit;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.Architecture;

/// <summary>Every rule is broken here once, on purpose: a rule that finds nothing anywhere guards nothing.</summary>
public sealed class RulesFindViolationsTests
{
    [Fact]
    public void An_unsealed_class_is_found() =>
        Rules.Unsealed([typeof(Open), typeof(Parent), typeof(Child)]).ShouldBe([typeof(Open).FullName!]);

    [Fact]
    public void A_public_type_is_found() => Rules.Public([typeof(RulesFindViolationsTests), typeof(Open)])
        .ShouldBe([typeof(RulesFindViolationsTests).FullName!]);

    [Fact]
    public void A_look_at_the_clock_is_found_with_its_place() =>
        Rules.Calls(typeof(Open).Assembly, "System.DateTime.get_Today")
            .ShouldBe([$"{typeof(Open).FullName}.Watch calls System.DateTime.get_Today"]);

    [Fact]
    public void A_reference_to_the_bus_is_found() =>
        Rules.Refers(typeof(Open).Assembly, "MassTransit.IBus").ShouldBe(["Mpp.Unit refers to MassTransit.IBus"]);

    [Fact]
    public void Personal_data_is_found_at_any_depth() =>
        Rules.PersonalData(typeof(Telling)).ShouldBe(["Telling.MotherName", "Telling.Data", "Told.Who", "Told.Nik"]);

    [SuppressMessage("Design", "MA0053", Justification = "Is meant to break the rule.")]
    [SuppressMessage("Performance", "CA1852", Justification = "Is meant to break the rule.")]
    internal class Open
    {
        [SuppressMessage("ApiDesign", "RS0030", Justification = "Is meant to break the rule.")]
        public static DateTime Watch() => DateTime.Today;

        public static Task Shout(IBus bus) => bus.Publish(new object());
    }

    internal class Parent;

    internal sealed class Child : Parent;

    internal sealed record Telling(
        string MotherName, JsonElement Data, IReadOnlyList<Told> All, ApplicationNumber Number);

    internal sealed record Told(Nik Who, string Nik, int Count);
}
