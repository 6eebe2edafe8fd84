using System.ComponentModel.DataAnnotations;

namespace Mpp.Applications.Packages;

/// <summary>Configuration section <c>Catalogue</c>.</summary>
internal sealed class CatalogueOptions
{
    /// <summary>The base address of the catalogue service, for example <c>http://catalogue:8080</c>.</summary>
    [Required(ErrorMessage = "Catalogue:Url is missing. Set it to the base address of the catalogue service, "
        + "for example http://localhost:5001.")]
    public Uri? Url { get; set; }
}
