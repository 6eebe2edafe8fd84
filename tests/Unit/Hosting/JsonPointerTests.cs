using Mpp.Hosting.Json;
using Shouldly;

namespace Mpp.Unit.Hosting;

public sealed class JsonPointerTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("$", "")]
    [InlineData("$.child", "/child")]
    [InlineData("$.input.child.name", "/input/child/name")]
    [InlineData("$.members[3].nik", "/members/3/nik")]
    [InlineData("$[0]", "/0")]
    [InlineData("$[0][1].a", "/0/1/a")]
    [InlineData("$['family card'].number", "/family card/number")]
    [InlineData("$['a/b']", "/a~1b")]
    [InlineData("$['a~b.c']['d[0]']", "/a~0b.c/d[0]")]
    [InlineData("$['it's']", "/it's")]
    [InlineData("$['a']b'].c", "/a']b/c")]
    public void A_path_becomes_a_pointer(string? path, string pointer) => JsonPointer.FromPath(path).ShouldBe(pointer);

    [Theory]
    [InlineData("$['")]
    [InlineData("$[")]
    [InlineData("$.")]
    [InlineData("$..a")]
    [InlineData("$]")]
    public void A_path_that_no_serializer_writes_ends_all_the_same(string path) =>
        JsonPointer.FromPath(path).ShouldNotBeNull();
}
