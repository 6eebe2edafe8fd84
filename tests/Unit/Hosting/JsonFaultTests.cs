using System.Text.Json;
using Mpp.Contracts;
using Mpp.Hosting.Json;
using Mpp.Hosting.Problems;
using Shouldly;

namespace Mpp.Unit.Hosting;

public sealed class JsonFaultTests
{
    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("{ \"nik\": \"7402014107900001\", }")]
    [InlineData("not json")]
    [InlineData("{ \"born\": [ \"2026-11-22\" ")]
    public void What_is_not_JSON_is_a_400_without_a_pointer(string body)
    {
        var problem = Read(body);

        problem.Code.ShouldBe(ProblemCodes.MalformedJson);
        problem.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{ "child": { "name": "A", "sex": "male", "age": 1 } }""", "/nik", "missing")]
    [InlineData("""{ "nik": "7402014107900001", "child": { "name": "A", "age": 1 } }""", "/child/sex", "missing")]
    [InlineData("""{ "nik": "7402014107900001", "child": { "name": "A", "sex": "male", "age": "1" } }""",
        "/child/age", "wrong-type")]
    [InlineData("""{ "nik": "7402014107900001", "child": { "name": "A", "sex": "robot", "age": 1 } }""",
        "/child/sex", "wrong-type")]
    [InlineData(
        """{ "nik": "7402014107900001", "child": { "name": "A", "sex": 0, "age": 1 } }""", "/child/sex", "wrong-type")]
    [InlineData(
        """{ "nik": "7402014107900001", "child": { "name": null, "sex": "male", "age": 1 } }""", "/child/name", "null")]
    [InlineData("""{ "nik": "7402014107900001", "child": { "name": "A", "sex": "male", "age": 1, "shoe": 41 } }""",
        "/child/shoe", "unknown-field")]
    [InlineData("""{ "nik": "7402014107900001", "Child": { "name": "A", "sex": "male", "age": 1 } }""",
        "/Child", "unknown-field")]
    [InlineData(
        """{ "nik": "7402014107900001", "nik": "7402014107900001", "child": { "name": "A", "sex": "male", "age": 1 } }""",
        "/nik", "duplicate-field")]
    [InlineData(
        """{ "nik": "7402014107900001", "child": { "name": "A", "sex": "male", "age": 1 }, "born": ["2026-11-22", "today"] }""",
        "/born/1", "wrong-type")]
    [InlineData("""{ "nik": "7402014107900001", "child": [] }""", "/child", "wrong-type")]
    [InlineData("[]", "", "wrong-type")]
    [InlineData("7", "", "wrong-type")]
    public void What_is_JSON_but_not_the_request_names_the_field(string body, string pointer, string code)
    {
        var problem = Read(body);

        problem.Code.ShouldBe(ProblemCodes.InvalidRequest);
        var error = problem.Errors.ShouldHaveSingleItem();
        error.Pointer.ShouldBe(pointer);
        error.Code.ShouldBe(code);
    }

    [Theory]
    [InlineData("""{ "input": { "owner": { "name": "A", "name": "B" } } }""", "/input/owner/name")]
    [InlineData("""{ "input": { "name": { "name": "A", "name": "B" } } }""", "/input/name/name")]
    [InlineData("""{ "input": { "name": 1, "name": { "name": "B" } } }""", "/input/name")]
    [InlineData("""{ "input": { "a/b": [ 1, { "x": {}, "~": 1, "~": 2 } ] } }""", "/input/a~1b/1/~0")]
    [InlineData("""{ "input": {}, "input": {} }""", "/input")]
    [InlineData("""{ "input": {}, "part": { "part": 1, "part": 2 } }""", "/part/part")]
    [InlineData("""{ "input": {}, "parts": [ { "part": 1 }, { "part": 1, "part": 2 } ] }""", "/parts/1/part")]
    public void A_name_that_is_there_twice_is_told_by_its_whole_place(string body, string pointer)
    {
        var error = JsonFault.Describe(Should.Throw<JsonException>(
            () => JsonSerializer.Deserialize<Form>(body, MppJson.Options))).Errors.ShouldHaveSingleItem();

        (error.Pointer, error.Code).ShouldBe((pointer, "duplicate-field"));
    }

    [Fact]
    public void A_name_that_is_no_text_is_the_callers_fault() => JsonFault.Describe(Should.Throw<JsonException>(
        () => JsonSerializer.Deserialize<Form>("""{ "input": { "\ud800": 1 } }""", MppJson.Options)))
        .Errors.ShouldHaveSingleItem().Pointer.ShouldBe("/input");

    [Fact]
    public void All_missing_fields_are_named_at_once() =>
        Read("""{ "nik": "7402014107900001", "child": {} }""").Errors
            .Select(error => error.Pointer).ShouldBe(["/child/name", "/child/sex", "/child/age"], ignoreOrder: true);

    [Fact]
    public void An_impossible_NIK_says_why_and_does_not_repeat_it()
    {
        var error = Read("""{ "nik": "7402014113900001", "child": { "name": "A", "sex": "male", "age": 1 } }""").Errors
            .ShouldHaveSingleItem();

        error.Pointer.ShouldBe("/nik");
        error.Code.ShouldBe("invalid");
        error.Detail.ShouldBe(Nik.Fault("7402014113900001"));
        error.Detail.ShouldNotContain("7402014113900001");
    }

    private static Problem Read(string body) =>
        JsonFault.Describe(
            Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Request>(body, MppJson.Options)));

    private sealed record Request(Nik Nik, Child Child, IReadOnlyList<DateOnly>? Born = null);

    private sealed record Form(JsonElement Input, Part? Part = null, IReadOnlyList<Part>? Parts = null);

    private sealed record Part([property: System.Text.Json.Serialization.JsonPropertyName("part")] int Value);

    private sealed record Child(string Name, Sex Sex, int Age);
}
