using Mpp.Web.Languages;
using Shouldly;

namespace Mpp.Unit.Web;

public sealed class LanguageChoiceTests
{
    [Theory]
    [InlineData("/console")]
    [InlineData("/console/search?state=in-progress&after=3")]
    [InlineData("/console?x=1")]
    public void The_way_back_is_a_page_of_the_service(string back) =>
        LanguageChoice.IsWithin(back, "/console").ShouldBeTrue();

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("//elsewhere.example/console/")]
    [InlineData("https://elsewhere.example/console/")]
    [InlineData("/console\\..\\..")]
    [InlineData("/\\elsewhere.example")]
    [InlineData("/console-of-somebody-else")]
    [InlineData("/identity/")]
    [InlineData("/console/\r\nLocation: x")]
    public void Nobody_is_led_elsewhere(string? back) => LanguageChoice.IsWithin(back, "/console").ShouldBeFalse();
}
