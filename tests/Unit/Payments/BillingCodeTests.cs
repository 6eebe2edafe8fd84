using Mpp.Payments.Bills;
using Shouldly;

namespace Mpp.Unit.Payments;

public sealed class BillingCodeTests
{
    private static readonly string[] Codes = [.. Enumerable.Range(0, 200).Select(_ => BillingCode.New())];

    [Fact]
    public void A_code_has_fifteen_digits_and_is_never_the_same()
    {
        Codes.ShouldAllBe(code => code.Length == 15
            && code.All(char.IsAsciiDigit) && code[0] >= '7' && BillingCode.IsWellFormed(code));
        Codes.Distinct().Count().ShouldBe(Codes.Length);
    }

    [Fact]
    public void Every_single_wrong_digit_is_found() =>
        Codes.SelectMany(code => Enumerable.Range(0, code.Length)
            .SelectMany(i => "0123456789".Where(d => d != code[i]).Select(d => code[..i] + d + code[(i + 1)..])))
            .ShouldAllBe(wrong => !BillingCode.IsWellFormed(wrong));

    [Fact]
    public void Every_swap_of_neighbours_is_found() =>
        Codes.SelectMany(code => Enumerable.Range(0, code.Length - 1)
            .Where(i => code[i] != code[i + 1]).Select(i => $"{code[..i]}{code[i + 1]}{code[i]}{code[(i + 2)..]}"))
            .ShouldAllBe(wrong => !BillingCode.IsWellFormed(wrong));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("10000000000000")]
    [InlineData("1000000000000000")]
    [InlineData("000000000000000")]
    [InlineData("100000000000009")]
    [InlineData("10000000000000a")]
    [InlineData("١٠٠٠٠٠٠٠٠٠٠٠٠٠٩")]
    public void What_is_no_code_is_not_taken_for_one(string? code) => BillingCode.IsWellFormed(code).ShouldBeFalse();
}
