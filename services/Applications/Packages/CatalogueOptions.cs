using System.ComponentModel.DataAnnotations;

namespace Mpp.Applications.Packages;

/// <summary>Configuration section <c>Catalog</c>.</summary>
internal sealed class CatalogueOptions
{
    /// <summary>The base address of the catalogue service, for example <c>http://catalog:8080</c>.</summary>
    [Required(ErrorMessage = "Catalog:Url is missing. Set it to the base address of the catalogue service, for example http://localhost:5001.")]
    public Uri? Url { get; set; }
}
