using Mpp.Hosting.Telemetry;
using Shouldly;

namespace Mpp.Unit.Hosting;

/// <summary>The cases of the W3C's own test suite for <c>traceparent</c> that are about its value.</summary>
public sealed class TraceParentTests
{
    private const string Trace = "12345678901234567890123456789012";
    private const string Parent = "1234567890123456";

    [Theory]
    [InlineData($"00-{Trace}-{Parent}-01")]
    [InlineData($"00-{Trace}-{Parent}-00")]
    [InlineData($"00-{Trace}-{Parent}-ff")]
    [InlineData($"cc-{Trace}-{Parent}-01")]
    [InlineData($"cc-{Trace}-{Parent}-01-what-the-future-will-be-like")]
    [InlineData($"cc-{Trace}-{Parent}-01-x")]
    [InlineData($" 00-{Trace}-{Parent}-01")]
    [InlineData($"\t00-{Trace}-{Parent}-01")]
    [InlineData($"00-{Trace}-{Parent}-01 ")]
    [InlineData($"00-{Trace}-{Parent}-01\t")]
    [InlineData($"\t 00-{Trace}-{Parent}-01 \t")]
    public void What_is_known_of_any_version_is_taken(string value) =>
        TraceParent.Known(value).ShouldBe($"00-{Trace}-{Parent}-{value.Trim()[53..55]}");

    [Theory]
    [InlineData("")]
    [InlineData($"00-{Trace}-{Parent}-01.")]
    [InlineData($"00-{Trace}-{Parent}-01-what-the-future-will-be-like")]
    [InlineData($"cc-{Trace}-{Parent}-01.what-the-future-will-be-like")]
    [InlineData($"ff-{Trace}-{Parent}-01")]
    [InlineData($".0-{Trace}-{Parent}-01")]
    [InlineData($"0.-{Trace}-{Parent}-01")]
    [InlineData($"000-{Trace}-{Parent}-01")]
    [InlineData($"0000-{Trace}-{Parent}-01")]
    [InlineData($"0-{Trace}-{Parent}-01")]
    [InlineData($"00-00000000000000000000000000000000-{Parent}-01")]
    [InlineData($"00-.2345678901234567890123456789012-{Parent}-01")]
    [InlineData($"00-1234567890123456789012345678901.-{Parent}-01")]
    [InlineData($"00-1234567890123456789012345678901A-{Parent}-01")]
    [InlineData($"00-123456789012345678901234567890123-{Parent}-01")]
    [InlineData($"00-1234567890123456789012345678901-{Parent}-01")]
    [InlineData($"00-{Trace}-0000000000000000-01")]
    [InlineData($"00-{Trace}-.234567890123456-01")]
    [InlineData($"00-{Trace}-123456789012345.-01")]
    [InlineData($"00-{Trace}-12345678901234567-01")]
    [InlineData($"00-{Trace}-123456789012345-01")]
    [InlineData($"00-{Trace}-{Parent}-.0")]
    [InlineData($"00-{Trace}-{Parent}-0.")]
    [InlineData($"00-{Trace}-{Parent}-001")]
    [InlineData($"00-{Trace}-{Parent}-1")]
    public void What_does_not_fit_is_none(string value) => TraceParent.Known(value).ShouldBeNull();
}
