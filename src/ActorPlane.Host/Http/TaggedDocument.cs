using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Http;

namespace ActorPlane.Host.Http;

/// <summary>
/// A document with a tag that stands for its content: a client that shows the tag of what it has is told that nothing changed
/// (<c>apiserver/pkg/endpoints/discovery/aggregated/etag.go</c>).
/// </summary>
internal static class TaggedDocument
{
    private static readonly ConditionalWeakTable<byte[], string> Tags = [];

    /// <summary>200 with the document, or 304 without anything: kubectl's cache would take headers of a 304 for those of the document.</summary>
    public static Task Answer(HttpContext http, byte[] body, string contentType)
    {
        var tag = Tags.GetValue(body, static bytes => $"\"{Convert.ToHexString(SHA512.HashData(bytes))}\"");
        http.Response.Headers.ETag = tag;
        http.Response.Headers.CacheControl = "public";
        http.Response.Headers.Vary = "Accept";
        if (!http.Request.Headers.IfNoneMatch.Contains(tag)) return Answers.Bytes(http, 200, contentType, body);
        http.Response.StatusCode = 304;
        return Task.CompletedTask;
    }
}
