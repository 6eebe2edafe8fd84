using Mpp.Contracts.Packages;
using Mpp.Operations.OneApplication;
using Shouldly;

namespace Mpp.Unit.Operations;

public sealed class GraphLayoutTests
{
    [Fact]
    public void A_step_stands_to_the_right_of_all_that_it_needs_and_no_two_share_a_place()
    {
        var layout = GraphLayout.Of(
            [Step("whole", "left", "right"), Step("left"), Step("right", "first"), Step("first")]);

        var columns = layout.Steps.ToDictionary(s => s.Id, s => s.Column);
        (columns["first"], columns["left"], columns["right"], columns["whole"]).ShouldBe((0, 0, 1, 2));
        layout.Steps.Select(s => (s.X, s.Y)).Distinct().Count().ShouldBe(4);
        layout.Steps.ShouldAllBe(s => s.X + GraphLayout.NodeWidth <= layout.Width
            && s.Y + GraphLayout.NodeHeight <= layout.Height && s.Y >= 0);
    }

    [Fact]
    public void A_need_that_another_need_has_too_is_not_drawn() => GraphLayout.Of(
        [Step("first"), Step("second", "first"), Step("third", "first", "second")])
        .Edges.Select(e => (e.From, e.To)).ShouldBe([("first", "second"), ("second", "third")], ignoreOrder: true);

    private static StepDefinition Step(string id, params string[] needs) =>
        new() { Id = id, Service = $"police/{id}", Needs = needs };
}
