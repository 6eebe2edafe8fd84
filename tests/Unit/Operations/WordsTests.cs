using System.Reflection;
using Mpp.Applications.Flow;
using Mpp.Contracts;
using Mpp.Contracts.Steps;
using Mpp.Operations.Frame;
using Mpp.Operations.Troubles;
using Shouldly;

namespace Mpp.Unit.Operations;

/// <summary>Whatever can be shown has a word in both languages.</summary>
public sealed class WordsTests
{
    [Fact]
    public void Every_state_and_party_has_a_word()
    {
        Enum.GetValues<ApplicationStatus>().Select(Words.Of).ShouldAllBe(text => IsWhole(text));
        Enum.GetValues<StepStatus>().Select(Words.Of).ShouldAllBe(text => IsWhole(text));
        Enum.GetValues<Party>().Select(Words.Of).ShouldAllBe(text => IsWhole(text));
    }

    [Fact]
    public void Every_matter_channel_and_act_of_the_coordinator_has_a_word() => Kebab.Values<OperatorMatter>().Keys
        .Concat(Kebab.Values<Channel>().Keys).Concat(Kebab.Values<OperatorAct>().Keys).Except(Words.Known)
        .ShouldBeEmpty();

    [Fact]
    public void Every_trouble_can_be_told() => Enum.GetValues<TroubleKind>()
        .Select(kind => TroubleTexts.Of(new Trouble(kind, "police", 90, "police"))).ShouldAllBe(text => IsWhole(text));

    [Fact]
    public void Every_text_of_a_page_is_in_both_languages() => typeof(Words).Assembly.GetTypes()
        .Where(type => type.Name.EndsWith("Texts", StringComparison.Ordinal))
        .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
        .Select(field => field.GetValue(null)).OfType<LocalizedText>().ShouldAllBe(text => IsWhole(text));

    private static bool IsWhole(LocalizedText text) => text.Id.Trim().Length > 0 && text.En.Trim().Length > 0;
}
