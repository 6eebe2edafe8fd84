using System.Text.Json;
using MassTransit.Serialization;
using Mpp.Contracts.Payments;
using Mpp.Contracts.Steps;
using Shouldly;

namespace Mpp.Unit.Contracts;

/// <summary>The messages between the services as they go over the wire: with the options of the bus itself.</summary>
public sealed class MessageSnapshotTests
{
    private static readonly JsonSerializerOptions Wire =
        new(SystemTextJsonMessageSerializer.Options) { WriteIndented = true };

    public static TheoryData<string> Messages => [.. MessageExamples.All.Select(m => m.GetType().Name)];

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_looks_on_the_wire_as_it_always_did(string message) =>
        Snapshot.ShouldMatch(
            JsonSerializer.Serialize(Example(message), Wire), $"tests/Unit/Contracts/Snapshots/{message}.json");

    [Theory]
    [MemberData(nameof(Messages))]
    public void A_message_of_the_snapshot_can_still_be_read(string message)
    {
        if (Snapshot.Updating)
        {
            return; // The files are being written by the tests beside this one.
        }

        var type = Example(message).GetType();
        var json = File.ReadAllText(Path.Combine(Repository.Root, $"tests/Unit/Contracts/Snapshots/{message}.json"));

        JsonSerializer.Serialize(JsonSerializer.Deserialize(json, type, Wire), type, Wire).ShouldBe(json.TrimEnd());
    }

    [Fact]
    public void Every_message_has_a_snapshot()
    {
        var parts = new[]
        {
            typeof(IssuedDocument), typeof(StepReason), typeof(ReplyFault), typeof(Precondition), typeof(ChangedStep),
            typeof(ChangedEntry),
        };
        var messages = typeof(StepRequest).Assembly.GetExportedTypes()
            .Where(t => (t.Namespace == typeof(StepRequest).Namespace || t.Namespace == typeof(BillFee).Namespace)
                && t is { IsClass: true, IsAbstract: false } && !parts.Contains(t));

        messages.ShouldBe(MessageExamples.All.Select(m => m.GetType()), ignoreOrder: true);
    }

    [Fact]
    public void Every_property_of_an_example_is_filled()
    {
        foreach (var example in MessageExamples.All)
        {
            var empty = example.GetType().GetProperties().Where(p => p.GetValue(example) is null);
            empty.ShouldBeEmpty($"{example.GetType().Name}: a property that no snapshot shows can change unseen");
        }
    }

    [Fact]
    public void A_difference_names_the_line() =>
        Snapshot.Difference("{\n  \"a\": 1,\n  \"b\": 2\n}", "{\n  \"a\": 1,\n  \"c\": 2\n}")
            .ReplaceLineEndings("\n").ShouldBe("  {\n    \"a\": 1,\n-   \"b\": 2\n+   \"c\": 2\n  }\n");

    private static object Example(string message) => MessageExamples.All.Single(m => m.GetType().Name == message);
}
