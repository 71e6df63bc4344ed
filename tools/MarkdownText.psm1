# Turns the little Markdown that help pages use into the plain text that Get-Help shows: no fences, no table rules, no link targets that
# lead nowhere in a terminal. Paragraphs are joined to one line each, since Get-Help wraps at the window's width.

Set-StrictMode -Version 3.0

<#
.SYNOPSIS
Splits Markdown into blocks: Text, Item, Heading, Code (with its language) and Row (the cells of a table's row).
#>
function ConvertTo-Block([string] $Markdown) {
    $open = $null
    $code = $null
    foreach ($line in $Markdown -split '\r?\n') {
        if ($code) {
            if ($line.Trim() -eq $code.Fence) { $code; $code = $null } else { $code.Lines += $line }
            continue
        }
        $starts = switch -Regex ($line) {
            '^(`{3,})([^`]*)$' { $code = [pscustomobject]@{ Kind = 'Code'; Fence = $Matches[1]; Language = $Matches[2].Trim(); Lines = @() }; 'Code'; break }
            '^(#{1,6}) (.+)$' { [pscustomobject]@{ Kind = 'Heading'; Level = $Matches[1].Length; Text = ConvertTo-Plain $Matches[2] }; break }
            '^\|[\s:|-]+\|\s*$' { 'Rule'; break }
            '^\|(.+)\|\s*$' { [pscustomobject]@{ Kind = 'Row'; Cells = @($Matches[1] -split '(?<!\\)\|' | ForEach-Object { ConvertTo-Plain $_.Trim() }) }; break }
            '^((?:-|\d+\.) .+)$' { [pscustomobject]@{ Kind = 'Item'; Text = ConvertTo-Plain $Matches[1] }; break }
            '^(<!--.*-->)?\s*$' { 'Blank'; break }
        }
        if ($starts) {
            if ($open) { $open; $open = $null }
            if ($starts -isnot [string]) {
                if ($starts.Kind -eq 'Item') { $open = $starts } else { $starts }
            }
        }
        elseif ($open) { $open.Text += ' ' + (ConvertTo-Plain $line.Trim()) }
        else { $open = [pscustomobject]@{ Kind = 'Text'; Text = ConvertTo-Plain $line.Trim() } }
    }
    if ($open) { $open }
    if ($code) { throw "A code fence has no end: $($code.Lines[0])" }
}

function ConvertTo-Plain([string] $Text) {
    $Text = $Text -replace '\[([^\]]+)\]\((https?:[^)]+)\)', '$1 ($2)' -replace '\[([^\]]+)\]\([^)]+\)', '$1'
    $Text -replace '\*\*(.+?)\*\*', '$1' -replace '`([^`]+)`', '$1' -replace '\\\|', '|'
}

function Remove-Indent([string[]] $Line) {
    $indent = ($Line -match '\S' | ForEach-Object { $_.Length - $_.TrimStart().Length } | Measure-Object -Minimum).Minimum
    if ($Line[0] -match "^ {$indent} ") { throw "Get-Help would move the first line to the left of the others: $($Line[0])" }
    $Line -replace "^ {0,$indent}"
}

<#
.SYNOPSIS
Makes paragraphs for MAML of blocks.
.DESCRIPTION
A table's row becomes its first cell with the others under it; the row of headings goes. Code follows the text before it in one paragraph:
Get-Help takes the indent from the first line of every paragraph, so where none goes before, the code is moved to the left as a whole.
#>
function ConvertTo-Paragraph([object[]] $Block) {
    $paragraphs = [Collections.Generic.List[string]]::new()
    $before = ''
    foreach ($item in $Block) {
        $last = $paragraphs.Count - 1
        if ($item.Kind -eq 'Code') {
            if ($last -ge 0) { $paragraphs[$last] += "`n`n" + (($item.Lines -replace '^(?=.)', '    ') -join "`n") }
            else { $paragraphs.Add((Remove-Indent $item.Lines) -join "`n") }
        }
        elseif ($item.Kind -eq 'Row') {
            if ($before -eq 'Row') { $paragraphs.Add($item.Cells[0] + "`n    " + ($item.Cells[1..($item.Cells.Count - 1)] -join '; ')) }
        }
        elseif ($item.Kind -eq 'Item' -and $before -eq 'Item') { $paragraphs[$last] += "`n" + $item.Text }
        else { $paragraphs.Add($item.Text) }
        $before = $item.Kind
    }
    $paragraphs.ToArray()
}

<#
.SYNOPSIS
Makes the text of an about topic: at most 80 columns, the body indented by four, as the topics of PowerShell itself.
#>
function ConvertTo-AboutText([string] $Markdown) {
    $before = ''
    $heading = 0
    foreach ($block in ConvertTo-Block $Markdown) {
        $isFirstOfItsKind = $block.Kind -ne $before
        $before = $block.Kind
        # No blank line under SHORT DESCRIPTION: Get-Help finds a topic's synopsis there.
        if ($heading -ne 2 -and ($block.Kind -notin 'Item', 'Row' -or $isFirstOfItsKind)) { '' }
        $heading = if ($block.Kind -eq 'Heading') { $block.Level } else { 0 }
        switch ($block.Kind) {
            'Heading' {
                if ($block.Level -eq 1) { 'TOPIC'; "    $($block.Text)" }
                elseif ($block.Level -eq 2) { $block.Text.ToUpperInvariant() }
                else { "  $($block.Text)" }
            }
            'Text' { Format-Wrapped $block.Text '    ' }
            'Item' { Format-Wrapped $block.Text '    ' '      ' }
            'Code' { $block.Lines -replace '^(?=.)', '      ' }
            'Row' {
                if (-not $isFirstOfItsKind) {
                    "    $($block.Cells[0])"
                    foreach ($cell in $block.Cells[1..($block.Cells.Count - 1)]) { Format-Wrapped $cell '        ' }
                }
            }
        }
    }
}

function Format-Wrapped([string] $Text, [string] $Indent, [string] $Hanging = $Indent) {
    $line = $Indent
    foreach ($word in $Text -split ' +') {
        if ($line.Trim() -and $line.Length + 1 + $word.Length -gt 80) { $line; $line = $Hanging }
        $line += if ($line.Trim()) { " $word" } else { $word }
    }
    $line
}

Export-ModuleMember -Function ConvertTo-Block, ConvertTo-Paragraph, ConvertTo-AboutText
