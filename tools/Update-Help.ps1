<#
.SYNOPSIS
Makes the help that ships from its sources: module/en-US/ApiTools.Cmdlets.dll-Help.xml and about_*.help.txt, from docs/.
.DESCRIPTION
platyPS reads the pages and writes the MAML's frame. The texts are then written again from the pages' Markdown, since platyPS leaves fences
as they are, no code in an example's code, and a control character (U+0080) where a line is blank. What is made is committed: to build and to
test nobody needs platyPS.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$target = "$root/module/en-US"

. "$PSScriptRoot/Import-Tool.ps1" -Name Microsoft.PowerShell.PlatyPS
Import-Module "$PSScriptRoot/MarkdownText.psm1"
Import-Module "$root/out/ApiTools"

$maml = 'http://schemas.microsoft.com/maml/2004/10'
$names = @{ maml = $maml; command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'; dev = 'http://schemas.microsoft.com/maml/dev/2004/10' }

function Select-Node([Xml.XmlNode] $From, [string] $Path) {
    $manager = [Xml.XmlNamespaceManager]::new($From.OwnerDocument.NameTable)
    foreach ($prefix in $names.Keys) { $manager.AddNamespace($prefix, $names[$prefix]) }
    $From.SelectNodes($Path, $manager)
}

function Get-Node([Xml.XmlNode] $From, [string] $Path) { Select-Node $From $Path | Select-Object -First 1 }

# Puts paragraphs in the place of what an element holds.
function Set-Paragraph([Xml.XmlNode] $Element, [string[]] $Text) {
    $Element.RemoveAll()
    foreach ($paragraph in $Text) {
        $para = $Element.AppendChild($Element.OwnerDocument.CreateElement('maml', 'para', $maml))
        $para.InnerText = $paragraph
    }
}

function Set-Markdown([Xml.XmlNode] $Element, [string] $Markdown) {
    Set-Paragraph $Element (ConvertTo-Paragraph (ConvertTo-Block $Markdown))
}

# The first block of PowerShell is the code; the text before and after it, and the output, follow as remarks. (Get-Help can show an
# introduction before the code, but with no line between: it is made for a prompt.)
function Set-Example([Xml.XmlNode] $Element, [object] $Example) {
    $blocks = @(ConvertTo-Block $Example.Remarks)
    $code = $blocks | Where-Object { $_.Kind -eq 'Code' -and $_.Language -match '^powershell' } | Select-Object -First 1
    if (-not $code) { throw "The example '$($Example.Title)' has no block of PowerShell." }
    (Get-Node $Element 'maml:title').InnerText = $Example.Title
    (Get-Node $Element 'maml:introduction').RemoveAll()
    (Get-Node $Element 'dev:code').InnerText = $code.Lines -join "`n"
    # The empty paragraph is the line before the next title.
    Set-Paragraph (Get-Node $Element 'dev:remarks') (@(ConvertTo-Paragraph ($blocks -ne $code)) + '')
}

function Set-Command([Xml.XmlNode] $Element, [object] $Page) {
    Set-Markdown (Get-Node $Element 'command:details/maml:description') $Page.Synopsis
    Set-Markdown (Get-Node $Element 'maml:description') $Page.Description
    foreach ($alert in Select-Node $Element 'maml:alertSet/maml:alert') { Set-Markdown $alert $Page.Notes }

    $shortTypes = @{}
    foreach ($parameter in Select-Node $Element 'command:syntax/command:syntaxItem/command:parameter') {
        $shortTypes[$parameter.name] = (Get-Node $parameter 'command:parameterValue')
    }
    foreach ($parameter in Select-Node $Element 'command:parameters/command:parameter') {
        $source = $Page.Parameters | Where-Object Name -EQ $parameter.name
        Set-Markdown (Get-Node $parameter 'maml:description') $source.Description
        $long = (Get-Node $parameter 'command:parameterValue')
        # As in the syntax: string for System.String. A switch has no type, neither here nor there.
        if ($long) { $long.InnerText = $shortTypes[$parameter.name].InnerText }
    }
    $pairs = @(
        , ('command:inputTypes/command:inputType', $Page.Inputs)
        , ('command:returnValues/command:returnValue', $Page.Outputs)
    )
    foreach ($pair in $pairs) {
        $types = @(Select-Node $Element $pair[0])
        for ($i = 0; $i -lt $types.Count; $i++) { Set-Markdown (Get-Node $types[$i] 'maml:description') @($pair[1])[$i].Description }
    }
    $examples = @(Select-Node $Element 'command:examples/command:example')
    for ($i = 0; $i -lt $examples.Count; $i++) { Set-Example $examples[$i] $Page.Examples[$i] }

    # A page's name is no address: only the web's are shown beside a link's text, and a page without HelpUri has no online version.
    foreach ($link in @(Select-Node $Element 'command:relatedLinks/maml:navigationLink')) {
        $uri = Get-Node $link 'maml:uri'
        if ($uri.InnerText -notmatch '^https?:') { $uri.InnerText = '' }
        if (-not $uri.InnerText -and $link.linkText -eq 'Online Version') { $null = $link.ParentNode.RemoveChild($link) }
    }
}

$pages = @(Get-ChildItem "$root/docs/en-US/*.md" | Sort-Object Name | Import-MarkdownCommandHelp)
if (-not $pages) { throw "There are no pages in $root/docs/en-US." }
$work = "$root/out/help"
$file = $pages | Export-MamlCommandHelp -OutputFolder $work -Force

$document = [xml]::new()
$document.PreserveWhitespace = $false
$document.Load($file.FullName)
foreach ($element in Select-Node $document.DocumentElement 'command:command') {
    $name = (Get-Node $element 'command:details/command:name').InnerText
    Set-Command $element ($pages | Where-Object Title -EQ $name)
}
$null = New-Item $target -ItemType Directory -Force
$settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; Encoding = [Text.UTF8Encoding]::new($false) }
$writer = [Xml.XmlWriter]::Create("$target/ApiTools.Cmdlets.dll-Help.xml", $settings)
$document.Save($writer)
$writer.Dispose()
[IO.File]::AppendAllText("$target/ApiTools.Cmdlets.dll-Help.xml", "`n")

# The codes stand in the catalogue alone: the topic gets them from there.
function Get-CodeText([ApiTools.ErrorCodeInfo] $Info) {
    $status = if ($Info.Status) { " ($($Info.Status))" }
    $retry = switch ($Info.Retry) {
        'Never' { 'never' }
        'Backoff' { 'after a wait' }
        'FewerAtOnce' { 'after a wait, with fewer requests at once' }
        'BackoffThenFallback' { 'after a wait, then with another model' }
    }
    @"

### $($Info.Code)$status

$($Info.Description). $($Info.Solution).

- Catch: [$($Info.ExceptionType)]
- Category: $($Info.Category)
- Tried again: $retry

``````powershell no-run
$($Info.NextCommand)
``````
"@
}

$errorsTopic = "$root/docs/about_ApiTools_Errors.md"
$codes = (Get-ApiErrorCode | ForEach-Object { Get-CodeText $_ }) -join "`n" -replace "`r"
$text = [IO.File]::ReadAllText($errorsTopic) -replace '(?s)(?<=<!-- codes: [^>]+ -->\n).*(?=<!-- end of codes -->)', ($codes.Replace('$', '$$') + "`n`n")
[IO.File]::WriteAllText($errorsTopic, $text)

foreach ($topic in Get-ChildItem "$root/docs/about_*.md") {
    $text = (@(ConvertTo-AboutText (Get-Content $topic -Raw)) -join "`n").Trim() + "`n"
    [IO.File]::WriteAllText("$target/$($topic.BaseName).help.txt", $text)
}
Get-ChildItem $target | ForEach-Object { "made $($_.FullName)" }
