using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Mpp.Agency.Inputs;
using Mpp.Contracts;
using Shouldly;

namespace Mpp.Unit.Agency;

public sealed class InputReaderTests
{
    private const string Valid = """{"nik":"7402422010840001","kind":"first-time","born":"1984-10-20","copies":2,"address":{"street":"Jl. Sam Ratulangi"},"notes":["a"]}""";

    [Fact]
    public void Reads_an_input_that_is_as_the_service_wants_it()
    {
        var (input, faults) = Read(Valid);

        faults.ShouldBeEmpty();
        var letter = input.ShouldBeOfType<Letter>();
        letter.Nik.ShouldBe(Nik.Parse("7402422010840001"));
        letter.Kind.ShouldBe(Kind.FirstTime);
        letter.Born.ShouldBe(new DateOnly(1984, 10, 20));
        letter.Proof.ShouldBeNull();
        letter.Address.Street.ShouldBe("Jl. Sam Ratulangi");
    }

    [Theory]
    [InlineData("nik", "missing", "/nik")]
    [InlineData("nik", "\"7402427510840001\"", "/nik")]
    [InlineData("nik", "7402422010840001", "/nik")]
    [InlineData("nik", "null", "/nik")]
    [InlineData("kind", "\"renewal!\"", "/kind")]
    [InlineData("kind", "1", "/kind")]
    [InlineData("born", "\"20-10-1984\"", "/born")]
    [InlineData("born", "missing", "/born")]
    [InlineData("born", "\"0001-01-01\"", "/born")]
    [InlineData("born", "\"9999-12-31\"", "/born")]
    [InlineData("copies", "\"2\"", "/copies")]
    [InlineData("copies", "2.5", "/copies")]
    [InlineData("copies", "11", "/copies")]
    [InlineData("address", "\"Jl. Sam Ratulangi\"", "/address")]
    [InlineData("address", "null", "/address")]
    [InlineData("address", "{}", "/address/street")]
    [InlineData("address", """{"street":null}""", "/address/street")]
    [InlineData("address", """{"street":""}""", "/address/street")]
    [InlineData("address", """{"street":"x","a/b~c":1}""", "/address/a~1b~0c")]
    [InlineData("notes", "{}", "/notes")]
    [InlineData("notes", "[\"a\",1]", "/notes/1")]
    [InlineData("Nik", "\"7402422010840001\"", "/Nik")]
    public void Names_the_place_of_what_is_wrong(string field, string value, string pointer)
    {
        var fields = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(Valid)!;
        if (value == "missing")
        {
            fields.Remove(field);
        }
        else
        {
            fields[field] = JsonElement.Parse(value);
        }

        var (input, faults) = Read(JsonSerializer.Serialize(fields));

        input.ShouldBeNull();
        faults.ShouldHaveSingleItem().Pointer.ShouldBe(pointer);
    }

    [Fact]
    public void Tells_everything_at_once() =>
        Read("""{"nik":"1","unknown":true}""").Faults.Select(f => f.Pointer)
            .ShouldBe(["/nik", "/unknown", "/kind", "/born", "/copies", "/address"], ignoreOrder: true);

    [Fact]
    public void A_field_that_comes_twice_is_a_fault() =>
        Read(Valid.Replace("{\"nik\"", "{\"copies\":1,\"nik\"", StringComparison.Ordinal)).Faults
            .ShouldHaveSingleItem().Pointer.ShouldBe("/copies");

    [Fact]
    public void A_text_is_read_as_it_is_stored() =>
        ((Letter)Read(Valid.Replace("Jl. Sam Ratulangi", " Jl.  Konawe\u0301", StringComparison.Ordinal)).Input!)
            .Address.Street.ShouldBe("Jl. Konaw\u00e9");

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    public void Inputs_are_an_object(string json) => Read(json).Faults.ShouldHaveSingleItem().Pointer.ShouldBe("");

    [Fact]
    public void A_fault_never_repeats_the_value()
    {
        var faults = Read("""{"nik":"7402427510840001","kind":"secret-kind","born":"secret-date","copies":4711,"address":{"street":"secret-street-that-is-too-long"}}""").Faults;

        faults.Select(f => f.ToReason().ToString())
            .ShouldAllBe(t => !t.Contains("secret") && !t.Contains("7402427510840001") && !t.Contains("4711"));
    }

    private static (object? Input, IReadOnlyList<InputFault> Faults) Read(string json) =>
        InputReader.Read(JsonElement.Parse(json), typeof(Letter), new DateOnly(2026, 11, 22));

    private sealed record Letter(
        Nik Nik, Kind Kind, DateOnly Born, [Range(1, 10)] int Copies, Address Address, string? Proof,
        bool Urgent = false, IReadOnlyList<string>? Notes = null);

    private sealed class Address
    {
        [Required, MaxLength(20)]
        public required string Street { get; init; }
    }

    private enum Kind
    {
        FirstTime,
        Renewal,
    }
}
