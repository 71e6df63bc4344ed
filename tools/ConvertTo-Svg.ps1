<#
.SYNOPSIS
Turns what a terminal showed, colours and all, into an SVG picture.
.DESCRIPTION
Reads text with SGR sequences (the 16 colours, 256 colours, 24-bit colours, bold, dim, italic, underline, reverse); drops all others.
.PARAMETER Text
The terminal's output, line by line or as one string.
.PARAMETER Path
The SVG to write.
.PARAMETER Title
What stands in the window's bar.
.PARAMETER Columns
How many columns the terminal had. A longer line is continued on the next, as in the terminal.
.EXAMPLE
./build.ps1 Tour *>&1 | ./tools/ConvertTo-Svg.ps1 -Path docs/tour.svg -Title 'build.ps1 Tour'
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory, ValueFromPipeline)] [AllowEmptyString()] [string[]] $Text,
    [Parameter(Mandatory)] [string] $Path,
    [string] $Title = '',
    [ValidateRange(20, 400)] [int] $Columns = 80
)

begin {
    Set-StrictMode -Version 3.0
    $ErrorActionPreference = 'Stop'
    $lines = [Collections.Generic.List[string]]::new()
    $invariant = [cultureinfo]::InvariantCulture
    # Black, red, green, yellow, blue, magenta, cyan, white; then the bright ones.
    $palette = @(
        '#484f58', '#ff7b72', '#3fb950', '#d29922', '#58a6ff', '#bc8cff', '#39c5cf', '#b1bac4'
        '#6e7681', '#ffa198', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#f0f6fc'
    )
    $background = '#0d1117'
    $foreground = '#c9d1d9'
    # Of a monospaced font at 14 px: SVG has no columns, so each run's width is said.
    $columnWidth = 8.4
    $lineHeight = 19
    $margin = 16
    $bar = 34

    function Get-Colour([int] $Index) {
        if ($Index -lt 16) { return $palette[$Index] }
        if ($Index -ge 232) { $level = 8 + 10 * ($Index - 232); return '#{0:x2}{0:x2}{0:x2}' -f $level }
        # xterm's cube of 6 by 6 by 6.
        $levels = 0, 95, 135, 175, 215, 255
        $n = $Index - 16
        '#{0:x2}{1:x2}{2:x2}' -f $levels[[Math]::Floor($n / 36)], $levels[[Math]::Floor($n / 6) % 6], $levels[$n % 6]
    }

    function New-Style { @{ Fore = $null; Back = $null; Bold = $false; Dim = $false; Italic = $false; Underline = $false; Reverse = $false } }

    # Applies one SGR sequence's numbers (ECMA-48 8.3.117).
    function Set-Style([hashtable] $Style, [string] $Codes) {
        $numbers = @($Codes -split '[;:]' | ForEach-Object { if ($_) { [int] $_ } else { 0 } })
        for ($i = 0; $i -lt $numbers.Count; $i++) {
            $n = $numbers[$i]
            if ($n -eq 0) { foreach ($pair in (New-Style).GetEnumerator()) { $Style[$pair.Key] = $pair.Value } }
            elseif ($n -eq 1) { $Style.Bold = $true }
            elseif ($n -eq 2) { $Style.Dim = $true }
            elseif ($n -eq 3) { $Style.Italic = $true }
            elseif ($n -eq 4) { $Style.Underline = $true }
            elseif ($n -eq 7) { $Style.Reverse = $true }
            elseif ($n -eq 22) { $Style.Bold = $Style.Dim = $false }
            elseif ($n -eq 23) { $Style.Italic = $false }
            elseif ($n -eq 24) { $Style.Underline = $false }
            elseif ($n -eq 27) { $Style.Reverse = $false }
            elseif ($n -in 30..37) { $Style.Fore = $palette[$n - 30] }
            elseif ($n -in 40..47) { $Style.Back = $palette[$n - 40] }
            elseif ($n -in 90..97) { $Style.Fore = $palette[$n - 82] }
            elseif ($n -in 100..107) { $Style.Back = $palette[$n - 92] }
            elseif ($n -eq 39) { $Style.Fore = $null }
            elseif ($n -eq 49) { $Style.Back = $null }
            elseif ($n -in 38, 48 -and $i + 1 -lt $numbers.Count) {
                $colour = $null
                if ($numbers[$i + 1] -eq 5 -and $i + 2 -lt $numbers.Count) { $colour = Get-Colour $numbers[$i + 2]; $i += 2 }
                elseif ($numbers[$i + 1] -eq 2 -and $i + 4 -lt $numbers.Count) { $colour = '#{0:x2}{1:x2}{2:x2}' -f $numbers[$i + 2], $numbers[$i + 3], $numbers[$i + 4]; $i += 4 }
                if ($n -eq 38) { $Style.Fore = $colour } else { $Style.Back = $colour }
            }
        }
    }

    function Get-Number([double] $Value) { $Value.ToString('0.##', $invariant) }

    # One run of a row: a rectangle where it has a background, and the text.
    function Get-RunText([hashtable] $Style, [string] $Run, [int] $Column, [double] $Y) {
        $fore = if ($Style.Fore) { $Style.Fore } else { $foreground }
        $back = $Style.Back
        if ($Style.Reverse) { $fore, $back = $(if ($back) { $back } else { $background }), $fore }
        $x = Get-Number ($margin + $Column * $columnWidth)
        $width = Get-Number ($Run.Length * $columnWidth)
        if ($back) { "<rect x=`"$x`" y=`"$(Get-Number ($Y - 14))`" width=`"$width`" height=`"$lineHeight`" fill=`"$back`"/>" }
        if ($Run.Trim()) {
            $looks = "fill=`"$fore`""
            if ($Style.Bold) { $looks += ' font-weight="bold"' }
            if ($Style.Dim) { $looks += ' opacity="0.6"' }
            if ($Style.Italic) { $looks += ' font-style="italic"' }
            if ($Style.Underline) { $looks += ' text-decoration="underline"' }
            "<text x=`"$x`" y=`"$(Get-Number $Y)`" $looks textLength=`"$width`" lengthAdjust=`"spacingAndGlyphs`">$([Security.SecurityElement]::Escape($Run))</text>"
        }
    }
}

process {
    foreach ($item in $Text) { $lines.AddRange([string[]] ($item -split '\r?\n')) }
}

end {
    $style = New-Style
    $body = [Collections.Generic.List[string]]::new()
    $row = 0
    foreach ($line in $lines) {
        $column = 0
        # Each part is a sequence or text between two. Colours are kept; whatever else a terminal would execute is dropped.
        foreach ($part in [regex]::Matches($line, '\x1b\[([\d;:]*)m|\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\a\x1b]*(?:\a|\x1b\\)|\x1b.|[^\x1b]+')) {
            if ($part.Groups[1].Success) { Set-Style $style $part.Groups[1].Value; continue }
            if ($part.Value[0] -eq [char] 27) { continue }
            $rest = $part.Value -replace '\t', '    ' -replace '[\x00-\x1f\x7f]'
            while ($rest) {
                if ($column -eq $Columns) { $row++; $column = 0 }
                $run = $rest.Substring(0, [Math]::Min($rest.Length, $Columns - $column))
                foreach ($element in Get-RunText $style $run $column ($bar + $margin + $row * $lineHeight + 14)) { $body.Add($element) }
                $column += $run.Length
                $rest = $rest.Substring($run.Length)
            }
        }
        $row++
    }
    $width = Get-Number (2 * $margin + $Columns * $columnWidth)
    $height = Get-Number ($bar + 2 * $margin + $row * $lineHeight)
    $svg = @(
        "<svg xmlns=`"http://www.w3.org/2000/svg`" width=`"$width`" height=`"$height`" viewBox=`"0 0 $width $height`" role=`"img`" aria-label=`"$([Security.SecurityElement]::Escape($Title))`">"
        "<rect width=`"$width`" height=`"$height`" rx=`"8`" fill=`"$background`"/>"
        '<circle cx="20" cy="18" r="6" fill="#ff5f57"/><circle cx="40" cy="18" r="6" fill="#febc2e"/><circle cx="60" cy="18" r="6" fill="#28c840"/>'
        "<g font-family=`"ui-monospace, 'Cascadia Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace`" font-size=`"14`" xml:space=`"preserve`">"
        "<text x=`"80`" y=`"23`" fill=`"#8b949e`">$([Security.SecurityElement]::Escape($Title))</text>"
        $body
        '</g>'
        '</svg>'
    )
    [IO.File]::WriteAllText($PSCmdlet.GetUnresolvedProviderPathFromPSPath($Path), ($svg -join "`n") + "`n")
}
