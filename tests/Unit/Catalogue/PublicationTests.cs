using Microsoft.Extensions.Logging.Abstractions;
using Mpp.Catalogue.Data;
using Mpp.Catalogue.Loading;
using Mpp.Catalogue.Publishing;
using Shouldly;
using static Mpp.Unit.Catalogue.DefinitionSet;

namespace Mpp.Unit.Catalogue;

/// <summary>A published version never changes.</summary>
public sealed class PublicationTests
{
    private static readonly DateTimeOffset March = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public void The_same_content_is_fine() =>
        Faults(new DefinitionSet(), Published(new DefinitionSet())).ShouldBeEmpty();

    [Fact]
    public void White_space_and_the_order_of_properties_do_not_count()
    {
        var files = new DefinitionSet().Files();
        var (code, rest) = ("\"code\":\"trip\",", System.Text.Encoding.UTF8.GetString(files[Package])
            .Replace("\"code\":\"trip\",", "", StringComparison.Ordinal));
        files[Package] = System.Text.Encoding.UTF8.GetBytes(rest[..^1] + ",\n " + code.TrimEnd(',') + " }");

        CatalogueLoader.Load(files).Packages.Single().Sha256.ShouldBe(Published(new DefinitionSet()).Sha256);
    }

    [Fact]
    public void Changed_content_under_a_published_version_is_refused_with_place_and_reason() =>
        Faults(new DefinitionSet().With(Package, "/steps/2/deadline/duration", "2"), Published(new DefinitionSet()))
            .ShouldHaveSingleItem()
            .ShouldBe("packages/trip.v1.json: the content is not what was published on 2026-03-04, "
                + "and a published version never changes. Take the change back and make it in version 2.");

    [Fact]
    public void A_published_version_that_is_gone_is_refused() =>
        Faults(new DefinitionSet(),
            new PublishedDefinition { Code = "trip", Version = 2, Sha256 = "", PublishedAt = March })
            .ShouldHaveSingleItem()
            .ShouldStartWith("packages/trip.v2.json: the file is gone");

    private static List<string> Faults(DefinitionSet files, PublishedDefinition published) =>
        [.. new Publication(null!, CatalogueLoader.Load(files.Files()), TimeProvider.System,
            NullLogger<Publication>.Instance).Faults([published])];

    private static PublishedDefinition Published(DefinitionSet files) =>
        new()
        {
            Code = "trip",
            Version = 1,
            Sha256 = CatalogueLoader.Load(files.Files()).Packages.Single().Sha256,
            PublishedAt = March
        };
}
