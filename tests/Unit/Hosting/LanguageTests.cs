using Mpp.Hosting.Http;
using Shouldly;

namespace Mpp.Unit.Hosting;

public sealed class LanguageTests
{
    [Theory]
    [InlineData(null, "id")]
    [InlineData("", "id")]
    [InlineData("id", "id")]
    [InlineData("en", "en")]
    [InlineData("en-GB", "en")]
    [InlineData("EN-us", "en")]
    [InlineData("en;q=0.8, id;q=0.9", "id")]
    [InlineData("id;q=0.5, en-US;q=0.7", "en")]
    [InlineData("en, id", "en")]
    [InlineData("id, en", "id")]
    [InlineData("*", "id")]
    [InlineData("id;q=0, *", "en")]
    [InlineData("en;q=0", "id")]
    [InlineData("fr, de;q=0.9", "id")]
    [InlineData("fr, en;q=0.1", "en")]
    [InlineData("english", "id")]
    [InlineData("en;q=high;;,,", "id")]
    public void The_caller_gets_the_language_it_likes_best_and_Indonesian_when_in_doubt(
        string? header, string language) =>
        Language.Choose(header).ShouldBe(language);
}
